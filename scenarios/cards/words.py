"""Plain words into Markdown and back: what would be read as a mark of the language gets a backslash."""

from __future__ import annotations

import re

from scenarios.blocks import DEFINITION, FENCE, GLOSSARY, HTML, RULE, UNDERLINE, without_code
from scenarios.source import GAP, LINE_ENDS, NO_BREAK
from scenarios.voices import loose_attribute, voice_of

SPACES = str.maketrans(dict.fromkeys(NO_BREAK, " "))
ITEM = re.compile(r"[-*+](?=\s|$)|(?=[•‣▪◦·–—−])")
NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
TAG = re.compile(r"<(?=[A-Za-z/!?])")
BRACKET = re.compile(r"\\.|[\[\]]", re.S)


def plain(typed: str) -> str:
    """What somebody typed, with the line ends and spaces that the language reads."""
    text = LINE_ENDS.sub("\n", typed.removeprefix("\ufeff")).translate(SPACES)
    lines = [GAP.sub(" ", line).strip(" \t") for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def link_words(typed: str) -> str:
    """Words for between the brackets of a choice: on one line, brackets and tags made harmless."""
    text = " ".join(plain(typed).split())
    text = BRACKET.sub(lambda found: found[0] if found[0][0] == "\\" else f"\\{found[0]}", without_tags(text))
    return f"{text}\\" if (len(text) - len(text.rstrip("\\"))) % 2 else text


def shown_link_words(text: str) -> str:
    """What a card shows of a choice's words: `link_words` gives them back."""
    words = text.replace("\\[", "[").replace("\\]", "]").replace("&lt;", "<")
    return words if link_words(words) == text else text


def quoted_text(typed: str) -> str:
    """Words for a voice: each line harmless behind its >."""
    text = "\n".join(guarded(line) for line in plain(typed).split("\n"))
    return f"\\{text}" if text.startswith(":") else text


def told_paragraphs(typed: str) -> list[str]:
    """Words that are told, a paragraph each, every line harmless at the beginning of a line."""
    return [
        "\n".join(told_line(line) for line in paragraph.split("\n"))
        for paragraph in plain(typed).split("\n\n")
        if paragraph
    ]


def shown_text(text: str, *, told: bool) -> str:
    """What a card shows of a line: writing it gives the line back."""
    words = "\n".join(bare(line) for line in text.split("\n"))
    again = "\n\n".join(told_paragraphs(words)) if told else quoted_text(words)
    return words if again == text else text


def bare(line: str) -> str:
    return re.sub(r"^(\d*)\\", r"\1", line).replace("\\*", "*").replace("&lt;", "<")


def guarded(line: str) -> str:
    """A line that begins no heading, rule, quote, code, definition or voice of its own."""
    line = without_tags(line)
    if voice_of(line):
        return line.replace("*", "\\*", 2) if line.startswith("*") else f"\\{line}"
    marks = line.startswith(("#", ">")) or RULE.fullmatch(line) or UNDERLINE.fullmatch(line)
    if marks or FENCE.match(line) or DEFINITION.match(line) or GLOSSARY.match(line):
        return f"\\{line}"
    return line


def told_line(line: str) -> str:
    """A line that is no list item and no attribute either."""
    line = guarded(line)
    if ITEM.match(line):
        return f"\\{line}"
    if loose_attribute(line):
        return f"\\{line}" if line.startswith(("*", "_")) else line.replace(":", "\\:", 1)
    return NUMBERED.sub(r"\1\\\2", line, count=1) if NUMBERED.match(line) else line


def without_tags(line: str) -> str:
    """Raw HTML is refused, so what looks like a tag becomes the sign it begins with."""
    return TAG.sub("&lt;", line) if HTML.search(without_code(line)) else line
