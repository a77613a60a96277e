import importlib
from argparse import Namespace
from importlib.util import find_spec

from leerkring.config import readiness, serving
from leerkring.config.console.output import say, text


def run(options: Namespace) -> int:
    listener = None if options.load_only else serving.listen("127.0.0.1", options.port)
    readiness.prepare()
    if find_spec("leerkring.sample.scenario"):
        importlib.import_module("leerkring.sample.scenario").load()
    if listener is None:
        return 0
    text(f"Leerkring answers on http://127.0.0.1:{options.port}/ (stop with Ctrl+C).")
    say("All people, questions and answers here are invented.")
    serving.serve(listener)
    return 0
