"""The pages of the codes: docs/diagnostics/, and for a content file's own codes docs/content.md."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markupsafe import Markup

from training.authoring.rendered import html_of
from training.errors import NotFoundError
from training.library.builds import safe
from training.rendering import Form, Piece

DOCS = Path(__file__).resolve().parents[2] / "docs"
_CODE = re.compile(r"[SPTWL]\d{3}")
_FENCE = re.compile(r"^```\w*\n(.*?)^```$|((?:^ {4}.*\n?)+)", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")


@dataclass(frozen=True)
class Part:
    """A run of prose as safe HTML, or an example as it is written."""

    html: Markup
    example: str


@dataclass(frozen=True)
class Explanation:
    code: str
    title: str
    parts: tuple[Part, ...]


@cache
def explain(code: str) -> Explanation:
    """The page of a code, read once a process; NotFoundError for one that there is not."""
    if not _CODE.fullmatch(code):
        raise NotFoundError
    text = _own(code) if code.startswith("L") else _page(code)
    heading, _line, rest = text.partition("\n")
    title = heading.lstrip("# ").partition("·")[2].strip()
    return Explanation(code, title, tuple(_parts(rest)))


def _page(code: str) -> str:
    try:
        return (DOCS / "diagnostics" / f"{code}.md").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise NotFoundError from None


def _own(code: str) -> str:
    text = (DOCS / "content.md").read_text(encoding="utf-8")
    found = re.search(rf"^### {code} ·.*?(?=^#{{2,3}} |\Z)", text, re.MULTILINE | re.DOTALL)
    if found is None:
        raise NotFoundError
    return found[0]


def _parts(text: str) -> list[Part]:
    parts, at = list[Part](), 0
    for found in _FENCE.finditer(text):
        parts += [_prose(text[at : found.start()]), Part(Markup(), _example(found))]
        at = found.end()
    return [part for part in (*parts, _prose(text[at:])) if part.html or part.example]


def _example(found: re.Match[str]) -> str:
    if found[1] is not None:
        return found[1].rstrip("\n")
    return "\n".join(line[4:] for line in found[2].rstrip("\n").split("\n"))


def _prose(text: str) -> Part:
    """Links lead to other pages of the docs, which are not all on the site: their words stay."""
    if not text.strip():
        return Part(Markup(), "")
    piece = Piece(_LINK.sub(r"\1", text).strip(), Form.ARTICLE)
    return Part(safe(html_of([piece])[piece]), "")
