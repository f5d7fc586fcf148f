"""Plain text that people typed, as HTML: escaped, in paragraphs, with https addresses to click. Pure."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

# Up to a space, or a mark that no address needs and that HTML or a sentence ends with.
_ADDRESS = re.compile(r"""https://[^\s<>"'`\\^{|}]+""")
_SENTENCE_END = ".,;:!?…)]}»”’*_~"
_LINK = Markup('<a href="{}" rel="nofollow noopener ugc">{}</a>')
_PARAGRAPH = Markup("<p>{}</p>")
_BREAK = Markup("<br>")


def as_html(text: str) -> Markup:
    """Paragraphs where a line is empty, breaks where one ends, links where an https address stands."""
    paragraphs = [part for part in re.split(r"\n\s*\n", text) if part.strip()]
    return Markup().join(
        _PARAGRAPH.format(_BREAK.join(_linked(line) for line in part.split("\n"))) for part in paragraphs
    )


def _linked(line: str) -> Markup:
    made, after = Markup(), 0
    for found in _ADDRESS.finditer(line):
        address = _without_sentence(found[0])
        if len(address) == len("https://"):
            continue
        made += escape(line[after : found.start()]) + _LINK.format(address, address)
        after = found.start() + len(address)
    return made + escape(line[after:])


def _without_sentence(address: str) -> str:
    """Without the marks of the sentence around it; a bracket stays where the address opened it."""
    while address[-1] in _SENTENCE_END:
        if address[-1] == ")" and address.count("(") >= address.count(")"):
            break
        address = address[:-1]
    return address
