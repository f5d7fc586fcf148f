"""The text of a Word file: its paragraphs and tables as blocks of Markdown."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from docx import Document
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.hyperlink import Hyperlink
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from training.authoring.word_file import Block, NoWordError

MOST_BLOCKS = 4_000


def list_blocks(body: bytes) -> Iterator[Block]:
    """As `read_word`, of bytes that were looked over; ValueError where they are no Word file."""
    try:
        document: object = Document(io.BytesIO(body))
    except OpcError as problem:
        raise ValueError(str(problem)) from problem
    # Looked up once: asking each paragraph for its style searches the list of them all anew.
    styles = {style.style_id: style.name or "" for style in document.styles}  # type: ignore[attr-defined]
    count = 0
    for one in document.iter_inner_content():  # type: ignore[attr-defined]
        for block in _of_table(one) if isinstance(one, Table) else _of_paragraph(one, styles):
            count += 1
            if count > MOST_BLOCKS:
                raise NoWordError("big")
            yield block


def _of_paragraph(paragraph: Paragraph, styles: Mapping[str, str]) -> Iterator[Block]:
    text, element = _text_of(paragraph), paragraph.paragraph_format.element
    style = styles.get(element.style or "", "")
    heading = re.fullmatch(r"Heading (\d)", style)
    if element.xpath(".//w:drawing | .//w:pict | .//w:object"):
        yield Block("lost", "a picture")
    if style == "Title":
        yield Block("title", _plain_of(paragraph))
    elif heading:
        yield Block("heading", _plain_of(paragraph), int(heading[1]))
    elif style.startswith("List") or element.xpath("./w:pPr/w:numPr"):
        level = element.xpath("string(./w:pPr/w:numPr/w:ilvl/@w:val)")
        deeper = re.fullmatch(r"List \w+ (\d)", style)
        depth = int(level) if str(level).isdigit() else int(deeper[1]) - 1 if deeper else 0
        yield Block("item", text, depth)
    else:
        yield from (Block("text", line) for line in text.split("\n"))


def _of_table(table: Table) -> Iterator[Block]:
    """A line for each row; a cell that is merged with its neighbour is said once."""
    for row in table.rows:
        words = [" ".join(cell.text.split()) for cell in row.cells]
        yield Block("row", "\t".join(word for word, _same in groupby(words)) if any(words) else "")


def _plain_of(paragraph: Paragraph) -> str:
    return " ".join(paragraph.text.split())


def _text_of(paragraph: Paragraph) -> str:
    """Its words with bold and italics as Markdown has them; runs alike are one."""
    merged = list[tuple[str, bool, bool]]()
    for one in paragraph.iter_inner_content():
        for run in one.runs if isinstance(one, Hyperlink) else [one]:
            bold, italic = bool(run.bold), bool(run.italic)
            words = _words_of(run)
            if merged and (merged[-1][1:] == (bold, italic) or not words.strip()):
                merged[-1] = (merged[-1][0] + words, *merged[-1][1:])
            elif words:
                merged.append((words, bold, italic))
    lines = "".join(_marked(*one) for one in merged).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def _words_of(run: Run) -> str:
    return run.text.replace("\t", " ").replace("\f", "\n").replace("\r", "\n")


def _marked(words: str, bold: bool, italic: bool) -> str:
    """Marks stand right at the words, or Markdown does not see them; never around a line's end."""
    marks = "*" * (2 * bold + italic)
    if not marks or not words.strip() or "\n" in words:
        return words
    inner = words.strip()
    before = words[: len(words) - len(words.lstrip())]
    return f"{before}{marks}{inner}{marks}{words[len(words.rstrip()) :]}"
