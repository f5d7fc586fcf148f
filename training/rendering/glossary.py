"""Words with a meaning to tap, for people who work in a second language.

A word becomes `<dfn class="term" tabindex="0">word<span class="term__meaning"> (meaning)</span></dfn>`: the
meaning opens by tap, pointer or keyboard with nothing but the stylesheet, is read out by screen readers,
and still stands in brackets where there is no stylesheet, as in a feed. A `title` can do none of it.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

# A mark inside something that is pressed would be a control within a control.
_NOT_INSIDE = {"a", "code", "pre", "h2", "h3", "h4", "dfn"}


def mark_words(root: Element, glossary: tuple[tuple[str, str], ...]) -> None:
    """Mark the first mention of each of the glossary's words below `root`."""
    meanings = {word: meaning for word, meaning in glossary if word}
    for word, meaning in glossary:
        meanings.setdefault(word[:1].upper() + word[1:], meaning)
    if meanings:
        _Marker(meanings).walk(root)


class _Marker:
    def __init__(self, meanings: dict[str, str]) -> None:
        self._meanings = meanings
        words = sorted(meanings, key=len, reverse=True)
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")
        self._done: set[str] = set()

    def walk(self, element: Element) -> None:
        if element.tag in _NOT_INSIDE:
            return
        self._mark(element, None)
        for child in list(element):
            if child.tag != "dfn":
                self.walk(child)
            self._mark(element, child)

    def _mark(self, parent: Element, after: Element | None) -> None:
        """Mark words in the text that stands in `parent` at its beginning, or behind one of its children."""
        text = parent.text if after is None else after.tail
        if not text or isinstance(text, AtomicString):
            return
        place = 0 if after is None else list(parent).index(after) + 1
        while (found := self._next(text)) is not None:
            before, text = text[: found.start()], text[found.end() :]
            if after is None:
                parent.text = before
            else:
                after.tail = before
            after = self._term(found[0], text)
            parent.insert(place, after)
            place += 1

    def _next(self, text: str) -> re.Match[str] | None:
        for found in self._pattern.finditer(text):
            if found[0].lower() not in self._done:
                self._done.add(found[0].lower())
                return found
        return None

    def _term(self, word: str, tail: str) -> Element:
        term = Element("dfn", {"class": "term", "tabindex": "0"})
        term.text = word
        meaning = Element("span", {"class": "term__meaning"})
        meaning.text = AtomicString(f" ({self._meanings[word]})")
        term.append(meaning)
        term.tail = tail
        return term
