"""`format`: one canonical shape, and `rename`: a heading and every link to it."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from scenarios.diagnostics import Problems
from scenarios.reading import parse, read_scenario
from scenarios.slugs import did_you_mean, fold, slug
from scenarios.tools.files import InputError, catalogue_for, read_input, shown, write_output
from scenarios.writer import write

if TYPE_CHECKING:
    from argparse import Namespace

TARGET = re.compile(r"\]\(#([^\s()]*)\)")


def format_files(options: Namespace) -> int:
    """Rewrite each file in place (standard input to standard output). A file with errors is left alone."""
    worst = 0
    for path in options.files:
        source = read_input(path)
        problems = Problems(shown(path))
        document, scenario = parse(source, None, problems)
        if scenario is None:
            for problem in problems.found:
                print(problem, file=sys.stderr)
            print(f"{shown(path)}: not formatted; mend the errors first.", file=sys.stderr)
            worst = 1
            continue
        text = write(document)
        if path == "-":
            sys.stdout.write(text)
        elif text != source and options.check:
            print(f"{path}: would be formatted")
            worst = 1
        elif text != source:
            write_output(Path(path), text)
            print(f"{path}: formatted")
    return worst


def rename(options: Namespace) -> int:
    """Rename a scene: its heading and every link to it; then check and prove the file again."""
    source = read_input(options.file)
    before = read_scenario(source, path=shown(options.file))
    titles = {fold(scene.title): scene.title for scene in before.document.scenes}
    old, new = fold(options.old), " ".join(options.new.split())
    if old not in titles:
        mend = did_you_mean(options.old, titles.values(), "See the headings with `map`.")
        raise InputError(f'{shown(options.file)}: no scene is called "{options.old}". {mend}')
    if fold(new) in titles and fold(new) != old:
        raise InputError(f'{shown(options.file)}: another scene is called "{titles[fold(new)]}" already.')
    if not slug(new) or new.startswith("#"):
        raise InputError(f'"{options.new}" cannot be a heading: it needs a letter.')
    text, links = renamed(source, old, new)
    after = read_scenario(text, path=shown(options.file), catalogue=catalogue_for(options.file, None))
    for problem in after.diagnostics:
        if problem.severity == "error":
            print(problem, file=sys.stderr)
    if options.file == "-":
        sys.stdout.write(text)
    else:
        write_output(Path(options.file), text)
        states = f"; {after.proof.states} states proved" if after.proof and after.ok else ""
        print(f'{options.file}: "{titles[old]}" is now "{new}", with {links} links{states}')
    return 0 if after.ok else 1


def renamed(source: str, old: str, new: str) -> tuple[str, int]:
    """The text with the scene's heading and links changed and every other letter left; and how many links."""
    links = 0

    def link(found: re.Match[str]) -> str:
        nonlocal links
        if fold(unquote(found[1])) != old:
            return found[0]
        links += 1
        return f"](#{slug(new)})"

    lines = []
    for line in source.splitlines(keepends=True):
        heading = re.match(r"( {0,3}##\s+)(.*?)(\s*)$", line)
        if heading and fold(heading[2]) == old:
            line = f"{heading[1]}{new}{heading[3]}"
        else:
            line = TARGET.sub(link, line)
        lines.append(line)
    return "".join(lines), links
