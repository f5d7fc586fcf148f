"""The Markdown that content is written in: python-markdown, raw HTML off, and what our pages make of it."""

from __future__ import annotations

import html
import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension
from markdown.treeprocessors import Treeprocessor

from training.rendering.blocks import shape_blocks
from training.rendering.glossary import mark_words
from training.rendering.links import ANCHOR, site_address
from training.rendering.pieces import Form, Piece
from training.rendering.sanitising import clean, clean_inline

# One line of words and marks that mean nothing to Markdown, wherever they stand in it.
_MARKS = " ,.;:?!'\"’“”‘()…—–%/-"
_PLAIN = re.compile(rf"(?!\d)[\"'“‘(…]{{0,2}}[^\W_]+(?:[{_MARKS}]{{1,4}}[^\W_]+)*[{_MARKS[1:-1]}]{{0,4}}")


class _Shaping(Treeprocessor):
    """Between Markdown's tree and its HTML: our blocks, glossary marks, ids and addresses."""

    piece = Piece("")

    def run(self, root: Element) -> None:
        shape_blocks(root)
        if self.piece.form is not Form.INLINE:
            mark_words(root, self.piece.glossary)
        for element in root.iter():
            _settle_id(element, keep=self.piece.form is Form.ARTICLE)
            _settle_link(element, self.piece.folder)
            if element.tag == "img":
                _settle_picture(element, self.piece)


def _settle_id(element: Element, *, keep: bool) -> None:
    """Ids only in articles, and with our prefix: nothing in a text may take the name of a part of ours."""
    name = element.attrib.pop("id", None)
    if name and keep:
        element.set("id", ANCHOR + name)


def _settle_link(element: Element, folder: str) -> None:
    href = element.attrib.pop("href", None)
    if href is None:
        return
    # python-markdown holds `mailto:` back from harvesters as character references; read them first.
    address = site_address(html.unescape(href), folder)
    if address is not None and address.startswith("#"):
        address = f"#{ANCHOR}{address[1:]}"
    if address is not None:
        element.set("href", address)


def _settle_picture(element: Element, piece: Piece) -> None:
    """A picture of ours with its size, so that nothing jumps when it comes; of any other, its words."""
    known = {href: shown for href, *shown in piece.pictures}
    words, source = element.get("alt", ""), element.get("src", "")
    element.attrib.clear()
    if source not in known:
        element.tag, element.text = "span", words
        return
    address, width, height = known[source]
    size = {"width": str(width), "height": str(height)}
    element.attrib.update({"src": str(address), "alt": words, **size, "loading": "lazy"})


class Renderer:
    """Renders pieces one after the other; building the Markdown machine costs more than most pieces."""

    def __init__(self) -> None:
        self._shaping = _Shaping()
        self._markdown = Markdown(
            extensions=[
                AttrListExtension(),
                AdmonitionExtension(),
                TableExtension(use_align_attribute=True),
                TocExtension(toc_depth="2-3", permalink=False),
                FootnoteExtension(BACKLINK_TEXT="↩"),
                SaneListExtension(),
            ],
            output_format="html",
        )
        self._markdown.preprocessors.deregister("html_block")
        self._markdown.inlinePatterns.deregister("html")
        self._markdown.treeprocessors.register(self._shaping, "shaping", 1)

    def html(self, piece: Piece) -> str:
        """The piece as safe HTML."""
        plain = plain_html(piece)
        return self.html_of_markdown(piece) if plain is None else plain

    def html_of_markdown(self, piece: Piece) -> str:
        """The long way, which every text can take."""
        self._shaping.piece = piece
        self._markdown.reset()
        raw = self._markdown.convert(piece.text)
        if piece.form is Form.INLINE:
            return clean_inline(raw)
        return clean(raw)


def plain_html(piece: Piece) -> str | None:
    """The HTML of a text in which Markdown finds nothing to do, or None: most lines of a call are such."""
    text = piece.text
    if len(text) > 2000 or not _PLAIN.fullmatch(text):
        return None
    if any(word.lower() in text.lower() for word, _meaning in piece.glossary):
        return None
    return text if piece.form is Form.INLINE else f"<p>{text}</p>"
