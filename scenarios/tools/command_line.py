"""The commands and their options. Exit codes: 0 well, 1 errors in a scenario, 2 misuse or unreadable."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from typing import TYPE_CHECKING

from scenarios.tools import chart, check, scaffold, shape, stage
from scenarios.tools.files import InputError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence

FILE = "a scenario, or - for standard input"


def parser() -> ArgumentParser:
    whole = ArgumentParser(prog="python -m scenarios", description="Check, prove, play and shape scenarios.")
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[Namespace], int], summary: str) -> ArgumentParser:
        added = commands.add_parser(name, help=summary, description=f"{summary.capitalize()}.")
        added.set_defaults(run=run)
        return added

    for one in (
        command("check", check.check, "say what is wrong, where, and how to mend it"),
        command("prove", check.prove, "search every play and say what is true of all"),
    ):
        one.add_argument("files", nargs="+", metavar="FILE", help=FILE)
        with_json(one)
    play = command("play", stage.play, "play a scenario in the terminal, or a play of given choices")
    play.add_argument("file", metavar="FILE", help=FILE)
    play.add_argument(
        "--choices", metavar="1,2,0", help="the replies, counted among those on offer; 0 is silence"
    )
    with_json(play)
    draw = command("map", chart.draw, "draw the scenes and the ways between them")
    draw.add_argument("file", metavar="FILE", help=FILE)
    draw.add_argument("--format", choices=("svg", "mermaid"), default="svg")
    draw.add_argument("--output", metavar="FILE", help="where to write it; standard output without")
    form = command("format", shape.format_files, "write files in one canonical shape")
    form.add_argument("files", nargs="+", metavar="FILE", help=FILE)
    form.add_argument("--check", action="store_true", help="change nothing; exit 1 when a file would change")
    rename = command("rename", shape.rename, "rename a scene and every link to it")
    rename.add_argument("file", metavar="FILE", help=FILE)
    rename.add_argument("old", metavar="OLD", help="the heading as it is, or its address")
    rename.add_argument("new", metavar="NEW", help="the heading as it shall be")
    new = command("new", scaffold.new, "begin a scenario: the ideal path first, in a file that proves")
    new.add_argument("file", metavar="FILE", help="the file to write, or - for standard output")
    new.add_argument("--title", default="A new call")
    new.add_argument("--customer", default="Marcus Bell", help="who is on the line")
    new.add_argument("--decisions", type=int, default=5, help="decisions on the best call, 3 to 12")
    return whole


def with_json(command: ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print JSON")
    command.add_argument("--content", metavar="DIR", help="the content folder whose skills and lessons count")


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
