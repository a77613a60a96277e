from argparse import Namespace

from leerkring.config import readiness, serving
from leerkring.config.console.output import say


def run(options: Namespace) -> int:
    listener = serving.listen(options.host, options.port)
    readiness.prepare()
    say(f"Leerkring answers on http://{options.host}:{options.port} (stop with Ctrl+C).")
    serving.serve(listener)
    return 0
