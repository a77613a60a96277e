from argparse import Namespace

from leerkring.config import permissions
from leerkring.config.console.output import result, text


def run(options: Namespace) -> int:
    if options.format == "md":
        text(permissions.as_markdown().rstrip("\n"))
    else:
        result(permissions.matrix())
    return 0
