"""Blocks beyond prose, recognised in Markdown's tree by how authors write them.

`> **Aside:** …` a note in the margin; `> **Instead of:** …` with `> **Try:** …` a pair; `> **Ana:** …` a
dialogue; `### The breathing minute` with its list; tables, which scroll in a box of their own.
"""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree.ElementTree import Element

_NAME = re.compile(r"\s*(.+?)\s*:\s*")
_WEAK, _STRONG = "instead of", "try"
_BREATHING = "the breathing minute"
_ALIGN = {"center": "align-center", "right": "align-end"}


def shape_blocks(root: Element) -> None:
    """Give each block its elements and classes, in place."""
    for parent in list(root.iter()):
        for at, child in enumerate(list(parent)):
            if child.tag == "blockquote":
                _shape_quote(child)
            elif child.tag == "table":
                parent[at] = _boxed(child)
            elif child.tag in ("h1", "h5", "h6"):
                child.tag = "h2" if child.tag == "h1" else "h4"
    _gather_breathing(root)


def _shape_quote(quote: Element) -> None:
    names = [_speaker(child) for child in quote]
    if not names or names[0] is None:
        return
    first = names[0].lower()
    if first == "aside":
        quote.tag = "aside"
        quote.set("class", "aside")
        _cut_name(quote[0])
    elif first == _WEAK and [name and name.lower() for name in names] == [_WEAK, _STRONG]:
        _make_pair(quote)
    else:
        _make_dialogue(quote, names)


def _speaker(paragraph: Element) -> str | None:
    """The bold name that opens a paragraph: `**Ana:**`, or None."""
    if paragraph.tag != "p" or (paragraph.text or "").strip() or len(paragraph) == 0:
        return None
    strong = paragraph[0]
    found = _NAME.fullmatch(strong.text or "") if strong.tag == "strong" and len(strong) == 0 else None
    return found[1] if found else None


def _cut_name(paragraph: Element) -> None:
    tail = paragraph[0].tail or ""
    paragraph.remove(paragraph[0])
    paragraph.text = tail.lstrip()


def _make_pair(quote: Element) -> None:
    """Two lines side by side: one that lands badly, one that lands well, each named in words below it."""
    quote.tag = "figure"
    quote.set("class", "pair")
    for paragraph, css in zip(list(quote), ("is-weak", "is-strong"), strict=True):
        said = Element("blockquote", {"class": css})
        footer = Element("footer")
        footer.text = (paragraph[0].text or "").strip().rstrip(":")
        _cut_name(paragraph)
        quote.remove(paragraph)
        said.extend([paragraph, footer])
        quote.append(said)


def _make_dialogue(quote: Element, names: list[str | None]) -> None:
    quote.tag = "div"
    quote.set("class", "dialogue")
    for paragraph, name in zip(quote, names, strict=True):
        if paragraph.tag == "p":
            paragraph.set("class", "dialogue__line")
        if name is not None:
            paragraph[0].tag = "span"
            paragraph[0].set("class", "dialogue__who")


def _boxed(table: Element) -> Element:
    table.set("class", "table")
    for cell in table.iter():
        if cell.tag in ("td", "th"):
            css = _ALIGN.get(cell.attrib.pop("align", "") or "")
            if css:
                cell.set("class", css)
        if cell.tag == "th":
            cell.set("scope", "col")
    box = Element("div", {"class": "table-scroll"})
    box.tail, table.tail = table.tail, None
    box.append(table)
    return box


def _gather_breathing(root: Element) -> None:
    children = list(root)
    for heading, steps in pairwise(children):
        if heading.tag in ("h2", "h3") and "".join(heading.itertext()).strip().lower() == _BREATHING:
            if steps.tag != "ol":
                continue
            section = Element("section", {"class": "breathing"})
            root.insert(list(root).index(heading), section)
            for part in (heading, steps):
                root.remove(part)
                section.append(part)
