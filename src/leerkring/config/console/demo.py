from argparse import Namespace

from leerkring.community.accounts.actions import demo_link
from leerkring.config import readiness, serving
from leerkring.config.console.output import say, text
from leerkring.sample import scenario


def run(options: Namespace) -> int:
    listener = None if options.load_only else serving.listen("127.0.0.1", options.port)
    readiness.prepare()
    if not scenario.is_loaded():
        say("Loading the sample cases; this takes about ten seconds ...")
        scenario.load(tell=say)
    if listener is None:
        return 0
    address = f"http://127.0.0.1:{options.port}"
    text(f"Leerkring answers on {address}/ (stop with Ctrl+C).")
    text("All people, questions and answers here are invented. Sign in with one click as:\n")
    for member, person in scenario.cast():
        if person.account is not None:
            text(f"  {person.name}, {member.part}\n    {member.task}\n    {address}{demo_link(person.account)}\n")
    serving.serve(listener)
    return 0
