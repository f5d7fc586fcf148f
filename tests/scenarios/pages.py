"""The examples in the documentation as whole scenarios: a page shows only the lines that matter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from scenarios import Catalogue, Diagnostic, read_decision, read_scenario
from scenarios.diagnostics import Problems
from scenarios.golden import check_golden
from tests.scenarios.writing import FRONT

DOCS = Path(__file__).parents[2] / "docs"
PAGES = DOCS / "diagnostics"
FENCE = re.compile(r"^(?P<marks>`{3,})(?P<kind>\w[\w ]*)\n(?P<text>.*?)^(?P=marks)$", re.S | re.M)
CATALOGUE = Catalogue(
    {"restrain": "Restrain", "redirect": "Redirect", "recuse": "Recuse"}, frozenset({"seeing-it-coming"})
)
TAIL = {
    "the-end": "\n\n## The end\n\n**Ending:** success — He leaves with a sander",
    "lost": "\n\n## Lost\n\n**Ending:** failure — He walks out",
}
SMALL_BUDGET = 2000


@dataclass(frozen=True)
class Example:
    """The fenced blocks of one example: (what it is, its text)."""

    blocks: tuple[tuple[str, str], ...]

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        kinds = [kind for kind, _ in self.blocks]
        if kinds == ["decision"]:
            return read_decision(self.blocks[0][1], path="call.md", catalogue=CATALOGUE).diagnostics
        reading = read_scenario(self.source(), path="call.md", catalogue=CATALOGUE, budget=SMALL_BUDGET)
        golden = Problems("call.md")
        for kind, text in self.blocks:
            if kind == "play" and reading.compiled is not None:
                check_golden(reading.compiled, text, golden)
        return (*reading.diagnostics, *golden.found)

    def source(self) -> bytes:
        """The whole file: front matter, first heading and endings added where the page left them out."""
        fields, body, whole = "", b"", False
        for kind, text in self.blocks:
            if kind == "play":
                continue
            if kind == "yaml":
                fields = text
            elif kind == "bytes":
                body = text.encode("ascii").decode("unicode_escape").encode("latin-1")
            elif kind.startswith("repeat "):
                body = text.encode() * int(kind.split()[1])
            else:
                body, whole = text.encode(), kind == "whole"
        front = f"---\n{front_of(fields)}---\n".encode()
        if whole:
            return (front if fields else b"") + body
        return front + completed(body)


def front_of(fields: str) -> str:
    """The usual front matter with an example's own fields in the place of the same ones."""
    own = {line.split(":")[0] for line in fields.splitlines() if line[:1].isalpha()}
    usual = [line for line in FRONT.splitlines() if line.split(":")[0] not in own]
    return "\n".join([*usual, fields.strip(), ""]) if fields else FRONT


def completed(body: bytes) -> bytes:
    body = body.rstrip()
    headed = body.startswith(b"#") or b"\n## At the desk" in body or b"\n## He comes" in body
    if not headed or not re.search(rb"^##", body, re.M):
        body = b"## At the desk\n\n" + body
    for slug, text in TAIL.items():
        title = text.split("\n")[2].encode()
        if f"(#{slug})".encode() in body.lower() and title not in body:
            glossary = body.find(b"\n\n*[")
            at = glossary if glossary >= 0 else len(body)
            body = body[:at] + text.encode() + body[at:]
    return body + b"\n"


def examples(page: str) -> tuple[Example, str, Example]:
    """What sets a page's diagnostic off, what is then said, and the mended example."""
    before, mended = page.split("\n## Mended\n")
    bad = before.split("\n## What sets it off\n")[1]
    said = next(one["text"] for one in FENCE.finditer(bad) if one["kind"] == "text")
    return blocks(bad), said.strip(), blocks(mended)


def blocks(section: str) -> Example:
    found = [(one["kind"], one["text"]) for one in FENCE.finditer(section)]
    return Example(tuple((kind, text) for kind, text in found if kind != "text"))
