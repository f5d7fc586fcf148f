"""The link that a choice begins with, read as CommonMark reads it, and what goes wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass

ADDRESS = re.compile(r"#\s*([^\s)\]#]+)")
TITLE = re.compile(r"""\S+\s+(".*"|'.*')""")
TICKS = re.compile(r"`+")
SIGN = re.compile(r"[\\`\[\]]")


@dataclass(frozen=True, slots=True)
class Link:
    """`target` is the address without its #. `fault` and `mend` say what is wrong, where something is."""

    text: str
    target: str
    at: int
    rest: str = ""
    fault: str = ""
    mend: str = ""
    open: bool = False


def read_link(content: str) -> Link:
    """Read the link at the beginning of `content`. Broken ones come back as they were probably meant."""
    if not content.startswith("["):
        return guessed(content, "This is no link.", "Write [the words](#the-scene).")
    close = closing_bracket(content)
    if close < 0:
        mend = "Write ] after the words, and \\[ for a bracket among them."
        return guessed(content, "The bracket of this link is never closed.", mend, open_link=True)
    text, after = content[1:close], content[close + 1 :]
    if not after.startswith("("):
        return without_address(text, after, content)
    inner, end = address(after)
    at = close + 2
    if end < 0:
        found = ADDRESS.search(after)
        name = found[1] if found else inner.strip()
        return Link(
            text, name, at, "", "The address of this link is never closed.", "Write ) after it.", True
        )
    target, rest = inner.strip().strip("<>").removeprefix("#").strip(), after[end + 1 :].strip()
    fault, mend = fault_of(text, inner.strip())
    if fault:  # what can be guessed is put right, so that one slip is told once
        target = "" if re.search(r"[/.:{}\"']", target) else "-".join(target.split()).lower()
    return Link(text, target, at, rest, fault, mend)


def closing_bracket(content: str) -> int:
    """The index of the ] that closes the [ at 0; brackets nest, escapes and code spans do not count."""
    depth = at = 0
    while sign := SIGN.search(content, at):
        at = sign.end()
        if sign[0] == "\\":
            at += 1
        elif sign[0] == "`":
            at = after_code(content, sign.start())
        elif sign[0] == "[":
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                return sign.start()
    return -1


def after_code(content: str, at: int) -> int:
    """The index after the code span that begins at `at`, or after its ticks when it never ends."""
    ticks = TICKS.match(content, at)
    size = len(ticks[0]) if ticks else 1
    for found in TICKS.finditer(content, at + size):
        if len(found[0]) == size:
            return found.end()
    return at + size


def address(after: str) -> tuple[str, int]:
    """What stands in the parentheses at 0, and the index of the closing one (-1 when there is none)."""
    depth = 0
    for at, letter in enumerate(after):
        if letter == "(":
            depth += 1
        elif letter == ")":
            depth -= 1
            if depth == 0:
                return after[1:at], at
    return after[1:], -1


def without_address(text: str, after: str, content: str) -> Link:
    if after.lstrip().startswith("("):
        inner, _ = address(after.lstrip())
        target = inner.strip().removeprefix("#")
        mend = "Write ]( with nothing between."
        return Link(text, target, 0, "", "A space parts the words from their address.", mend)
    if content.startswith("[["):
        name = text.strip("[]")
        return Link(name, name, 0, "", "Double brackets make no link.", "Write [the words](#the-scene).")
    if after.startswith("["):
        name = after.strip("[]")
        return Link(text, name, 0, "", "The address stands in brackets.", f"Write (#{name}) after the words.")
    return guessed(content, "The words have no address.", "Write (#the-scene) right after the words.")


def fault_of(text: str, inner: str) -> tuple[str, str]:
    if "{{" in inner or "}}" in inner:
        return "The address is still a placeholder.", "Write # and the scene's heading in its place."
    if not inner.strip("<># "):
        return "The address is empty.", "Write # and the scene's heading, like (#the-offer)."
    if re.search(r"(?<!\\)\]\(", text):
        return "One link stands inside another.", "Keep one link, around all the words."
    if not inner.lstrip("<").startswith("#"):
        return foreign(inner)
    if TITLE.fullmatch(inner):
        return "The address carries a title.", "Write nothing but # and the scene's heading."
    if re.search(r"\s", inner.strip()) and not inner.startswith("<"):
        hyphened = "-".join(inner.removeprefix("#").split())
        return "The address has spaces, so viewers see no link.", f"Write (#{hyphened.lower()})."
    return "", ""


def foreign(inner: str) -> tuple[str, str]:
    if re.search(r"[/.:]", inner):
        return "A choice leads to another file.", "Lead it to a scene of this file, like (#the-offer)."
    return "The address lacks its #.", f"Write (#{inner})."


def guessed(content: str, fault: str, mend: str, *, open_link: bool = False) -> Link:
    """A link that cannot be read: the words without marks, and the first thing that looks like an address."""
    found = ADDRESS.search(content)
    words = re.sub(r"[\[\](){}<>]", "", content[: found.start()] if found else content).strip(" -–>=")
    if found and words and not open_link:
        mend = f"Write [{words}](#{found[1]})."
    return Link(words, found[1] if found else "", 0, "", fault, mend, open_link)
