"""The commands and their options. Exit codes: 0 well, 1 errors in a scenario, 2 misuse or unreadable."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from typing import TYPE_CHECKING

from scenarios.tools import check
from scenarios.tools.files import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence


def parser() -> ArgumentParser:
    whole = ArgumentParser(prog="python -m scenarios", description="Check, prove and play scenarios.")
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, run, summary in (
        ("check", check.check, "say what is wrong, where, and how to mend it"),
        ("prove", check.prove, "search every play and say what is true of all"),
    ):
        command = commands.add_parser(name, help=summary, description=summary)
        command.add_argument("files", nargs="+", metavar="FILE", help="a scenario, or - for standard input")
        command.add_argument("--json", action="store_true", help="print JSON")
        command.add_argument(
            "--content", metavar="DIR", help="the content folder whose skills and lessons count"
        )
        command.set_defaults(run=run)
    return whole


def main(arguments: Sequence[str]) -> int:
    options = parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of our output has gone: nothing is left to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code
