"""What every text of a lesson, module or skill is checked for, and its glossary."""

from __future__ import annotations

import re

from scenarios.diagnostics import Problems, quoted
from scenarios.slugs import did_you_mean
from training.library.formats.pictures import Picture
from training.library.formats.shelf import FOLDERS, Shelf
from training.rendering import read_target, site_address

_TERM = re.compile(r"^\*\[(?P<word>[^\]\\]+)\]\s?:[ ]*(?P<meaning>.*)$", re.MULTILINE)
_LINK = re.compile(r"(?P<picture>!?)\[(?P<words>[^\]\[]*)\]\((?P<href>[^()\s]*)[^()]*\)")
_HTML = re.compile(r"<(?:[A-Za-z][\w-]*(?=[\s/>])|/[A-Za-z]|!--|[?!])")


def take_glossary(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """`text` with its `*[word]: meaning` lines left empty, and the words with their meanings."""
    words = tuple((found["word"].strip(), found["meaning"].strip()) for found in _TERM.finditer(text))
    return _TERM.sub("", text), words


def check_prose(
    text: str, first_line: int, folder: str, shelf: Shelf, problems: Problems, *, pictures: bool = False
) -> None:
    """Report raw HTML and links that lead nowhere in `text`, which begins at `first_line`.

    Pictures are reported too, but where they may stand, are there, and say in words what they show.
    """
    for number, line in enumerate(text.split("\n"), first_line):
        if found := _HTML.search(line):
            problems.add(
                "S104",
                (number, found.start() + 1),
                f"{quoted(line[found.start() :], 30)} is HTML.",
                "Write it in Markdown.",
            )
        for link in _LINK.finditer(line):
            where = (number, link.start() + 1)
            if link["picture"]:
                _check_picture(link, where, shelf, problems, shown=pictures)
            else:
                _check_link(link["href"], where, folder, shelf, problems)


def find_pictures(text: str, shelf: Shelf) -> tuple[tuple[str, Picture], ...]:
    """The pictures that a text shows, each once, with how it names them."""
    links = dict.fromkeys(link["href"] for link in _LINK.finditer(text) if link["picture"])
    found = ((href, shelf.media.find(href)) for href in links)
    return tuple((href, picture) for href, picture in found if isinstance(picture, Picture))


def _check_picture(
    link: re.Match[str], where: tuple[int, int], shelf: Shelf, problems: Problems, *, shown: bool
) -> None:
    words = f"{quoted(link[0])} is a picture"
    if not shown:
        problems.add("L704", where, f"{words}, and only a lesson's prose shows any.", "Say it in words.")
    elif not link["words"].strip():
        mend = "Write ![A card beside the phone](../media/card.png)."
        problems.add("L704", where, f"{words} without words for who cannot see it.", mend)
    elif isinstance(wrong := shelf.media.find(link["href"]), str):
        problems.add("L704", where, f"{words} that cannot be shown.", wrong)


def _check_link(href: str, where: tuple[int, int], folder: str, shelf: Shelf, problems: Problems) -> None:
    target = read_target(href, folder)
    if target is None:
        if site_address(href, folder) is None:
            problems.add(
                "L702",
                where,
                f"{quoted(href)} is not an address that a text may lead to.",
                "Use a file such as ../lessons/x.md, an https address or a mailto one.",
            )
        return
    if not shelf.has(target.folder, target.slug):
        report_missing("L701", target.folder, target.slug, where, shelf, problems)


def report_missing(
    code: str, folder: str, slug: str, where: tuple[int, int], shelf: Shelf, problems: Problems
) -> None:
    """Say that content/<folder>/<slug>.md does not exist, with the nearest that does."""
    known = shelf.slugs.get(FOLDERS[folder], frozenset()) if folder in FOLDERS else frozenset(FOLDERS)
    mend = did_you_mean(slug if folder in FOLDERS else folder, sorted(known), "Check the file's name.")
    problems.add(code, where, f'There is no "{folder}/{slug}.md".', mend)
