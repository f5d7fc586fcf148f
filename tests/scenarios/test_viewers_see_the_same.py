"""A CommonMark parser as the oracle: what the scanner reads is what any Markdown viewer shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from scenarios import Document
from scenarios.diagnostics import Problems
from scenarios.document import Entry, Line
from scenarios.reading import parse
from scenarios.writer import write
from tests.scenarios.generated import generate
from tests.scenarios.pages import PAGES, examples
from tests.scenarios.writing import EXAMPLE, LONG, reading_of, shipped

COMMONMARK = MarkdownIt("commonmark")
SHIFTED = 3000 if LONG else 200
MANY = 400 if LONG else 50


@dataclass
class Item:
    """A list item: its link, and how many items and voices stand under it."""

    words: str
    target: str
    details: int
    voices: int


@dataclass
class Shape:
    """A scene: its heading, the voices in it, and its items."""

    title: str
    voices: int = 0
    items: list[Item] = field(default_factory=list)


def seen_by_viewers(text: str) -> list[Shape]:
    body = text.split("\n---\n", 1)[1]
    shapes: list[Shape] = []
    for node in SyntaxTreeNode(COMMONMARK.parse(body)).children:
        if node.type == "heading" and node.tag == "h2":
            shapes.append(Shape(words_of(node)))
        elif not shapes:
            continue
        elif node.type == "blockquote":
            shapes[-1].voices += voices_in(node)
        elif node.type == "bullet_list":
            shapes[-1].items += [item_of(item) for item in node.children]
    return shapes


def item_of(item: SyntaxTreeNode) -> Item:
    link = next(node for node in item.children[0].walk() if node.type == "link")
    lists = [node for node in item.children if node.type == "bullet_list"]
    return Item(
        words_of(link),
        unquote(str(link.attrs["href"])).removeprefix("#"),
        sum(len(node.children) for node in lists),
        sum(voices_in(node) for node in item.children if node.type == "blockquote"),
    )


def voices_in(quote: SyntaxTreeNode) -> int:
    """The paragraphs of a quote that open with a bold name."""
    opened = [one.children[0].children[:2] for one in quote.children if one.type == "paragraph"]
    return sum(any(node.type == "strong" for node in first) for first in opened)


def leaves(node: SyntaxTreeNode) -> Iterator[SyntaxTreeNode]:
    return (one for one in node.walk() if not one.children)


def words_of(node: SyntaxTreeNode) -> str:
    words = "".join(" " if one.type in {"softbreak", "hardbreak"} else one.content for one in leaves(node))
    return " ".join(words.split())


def seen_by_the_scanner(document: Document) -> list[Shape]:
    return [
        Shape(plain(scene.title), voices_of(scene.lines), [as_item(entry) for entry in scene.entries])
        for scene in document.scenes
    ]


def as_item(entry: Entry) -> Item:
    return Item(plain(entry.text), unquote(entry.target), len(entry.details), voices_of(entry.lines))


def voices_of(lines: list[Line]) -> int:
    return sum(bool(line.speaker) for line in lines)


def plain(markdown: str) -> str:
    return words_of(SyntaxTreeNode(COMMONMARK.parseInline(markdown)))


def assert_seen_alike(text: str) -> bool:
    """Compare, unless the scanner itself warns that viewers would see something else."""
    problems = Problems("call.md")
    document, _ = parse(text, None, problems)
    if any(one.code[:2] in {"S1", "S2"} for one in problems.found):
        return False
    assert seen_by_the_scanner(document) == seen_by_viewers(text)
    return True


@pytest.mark.parametrize("text", [EXAMPLE, *shipped().values()], ids=["the example", *shipped()])
def test_shipped_scenarios_click_through_in_any_viewer(text: str) -> None:
    assert assert_seen_alike(text)


def test_generated_scenarios_click_through_in_any_viewer() -> None:
    for seed in range(MANY):
        text = generate(seed, scenes=3 + seed % 6, meters=seed % 3, flags=seed % 4)
        assert assert_seen_alike(text), seed


def test_formatted_scenarios_click_through_in_any_viewer() -> None:
    for seed in range(20):
        assert assert_seen_alike(write(reading_of(generate(seed)).document))


def test_mended_examples_of_the_documentation_click_through() -> None:
    seen = 0
    for path in sorted(PAGES.glob("[PSTW][0-9]*.md")):
        _, _, mended = examples(path.read_text(encoding="utf-8"))
        if mended.blocks[0][0] != "decision":
            seen += assert_seen_alike(mended.source().decode())
    assert seen > 80


INSERTED = [
    "  He waits.",
    "He waits.",
    "> **Dana:** Yes.",
    "  > **Dana:** Yes.",
    "  - Once",
    "- [x](#kicked)",
    "",
    "**Hint:** ask",
    "    - temper +1",
    "     > **Dana:** No.",
    ">",
    "> and more",
    "  and more",
]


def shifted(text: str, random: Random) -> str:
    """The text with a few lines put in, taken out, swapped or indented otherwise."""
    head, body = text.split("\n---\n", 1)
    lines = body.split("\n")
    for _ in range(random.randint(1, 3)):
        at = random.randrange(1, len(lines))
        kind = random.randrange(4)
        if kind == 0:
            lines.insert(at, random.choice(INSERTED))
        elif kind == 1:
            lines[at] = " " * random.randint(0, 6) + lines[at].lstrip()
        elif kind == 2:
            del lines[at]
        else:
            lines[at], lines[at - 1] = lines[at - 1], lines[at]
    return f"{head}\n---\n" + "\n".join(lines)


def test_where_viewers_would_see_something_else_the_scanner_says_so() -> None:
    random = Random(5)
    bases = [EXAMPLE, generate(3, 5), generate(4, 6, 2, 2)]
    sound = sum(assert_seen_alike(shifted(random.choice(bases), random)) for _ in range(SHIFTED))
    assert sound > SHIFTED / 5


ODD = {
    "brackets in a reply": '- ["He said [sic] it."](#the-end)\n- [\\[sigh\\] "No."](#the-end)',
    "a reply over two lines": '- ["A long reply\n  that goes on."](#the-end)\n  - Restrain +1',
    "code and emphasis in a reply": "- [Press `]` and *wait*](#the-end)\n  - Restrain +1",
    "parentheses in a reply": "- [Wait (please)](#the-end)\n  - Restrain +1",
    "narration between quotes": "- [Go](#the-end)\n  > **A:** x\n\n  He waits.\n\n  > **B:** y",
    "blank lines everywhere": "- [Go](#the-end)\n\n  - Restrain +1\n\n  > **A:** x\n\n- [No](#the-end)",
    "stars and pluses as marks": "* [Go](#the-end)\n  + Restrain +1\n\n* [No](#the-end)",
    "a quote of two paragraphs": "> **A:** one\n>\n> two\n\n- [Go](#the-end)\n  - Restrain +1",
    "five columns in": "- [Go](#the-end)\n     - Restrain +1\n- [No](#the-end)",
    "quotes without a space": ">**A:** x\n\n- [Go](#the-end)\n  - Restrain +1",
    "an address in angle brackets": "- [Go](<#the-end>)\n  - Restrain +1",
}


@pytest.mark.parametrize("body", ODD.values(), ids=ODD)
def test_odd_but_sound_markdown_is_read_as_viewers_read_it(body: str) -> None:
    front = EXAMPLE.split("\n---\n")[0] + "\n---\n"
    text = f"{front}\n## At the desk\n\n{body}\n\n## The end\n\n**Ending:** success — Done\n"
    document = reading_of(text).document
    assert seen_by_the_scanner(document) == seen_by_viewers(text)
