"""Front matter as chunks, one a field, so that one unreadable field never hides another's fault."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from scenarios.diagnostics import Problems, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = re.compile(r"""(?P<quote>["']?)(?P<key>[^\s"'#:\-\[\]{},][^:#]*?)(?P=quote)\s*:(?P<space>\s|$)?""")
LONGEST_KEY = 120
MOST_BRACKETS = 60
MENDS = (
    ("mapping values", "Put the value in quotation marks: a colon and a space would end it."),
    ("quoted scalar", "Close the quotation mark, or leave both away."),
    ("cannot start any token", "Put the value in quotation marks."),
    ("expected <block end>", "Line its items up, each two spaces in and beginning with `- `."),
    ("flow", "Close the bracket, with commas between the items."),
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A text with its place; `key` where it is one half of a pair."""

    text: str
    line: int
    column: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class Chunk:
    """One field. `value` is a text, a list of texts or pairs, or None when it cannot be read."""

    key: str
    where: tuple[int, int]
    value: Placed | list[Placed] | None


class RefusedError(Exception):
    """YAML that is well formed and not for us: (line, column, code, message, mend)."""


def read_chunks(raw: list[str], first: int, problems: Problems) -> Iterator[Chunk]:
    for start, lines in chunked(raw, first, problems):
        chunk = read_chunk(start, lines, problems)
        if chunk is not None:
            yield chunk


def chunked(raw: list[str], first: int, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    """Split at each line that begins a field; a line that can be neither field nor content is reported."""
    lines: list[str] = []
    start = first
    for number, line in enumerate(raw, first):
        line = expanded(line)
        begins = KEY.match(line[:LONGEST_KEY])
        if begins and begins["space"] is not None:
            if lines:
                yield start, lines
            start, lines = number, [line]
        elif lines and (not line.strip() or line[0] in " -#]}"):
            lines.append(line)
        elif line.strip() and not line.startswith("#"):
            mend = "Write a name, a colon, a space and the value."
            problems.add("S121", (number, 1), f"{quoted(line)} is not a field.", mend)
    if lines:
        yield start, lines


def expanded(line: str) -> str:
    """The line with tabs in its indent as spaces: YAML refuses them, word processors write them."""
    body = line.lstrip(" \t")
    return line[: len(line) - len(body)].expandtabs(4) + body


def read_chunk(start: int, lines: list[str], problems: Problems) -> Chunk | None:
    found = KEY.match(lines[0][:LONGEST_KEY])
    key = found["key"].strip() if found else ""
    if sum(line.count("[") + line.count("{") for line in lines) > MOST_BRACKETS:
        mend = "Write a list as lines that begin with `- `."
        problems.add("S121", (start, 1), f"The value of {quoted(key)} is full of brackets.", mend)
        return Chunk(key, (start, 1), None)
    try:
        value = parsed("\n".join(lines), start)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        in_quotes = "quoted scalar" in f"{error.context} {error.problem}"
        at = start if mark is None or in_quotes else min(start + mark.line, start + len(lines) - 1)
        said = f"{error.context or ''} {error.problem or ''}"
        mend = next((mend for sign, mend in MENDS if sign in said), "Put the value in quotation marks.")
        problems.add("S121", (at, 1), f"The value of {quoted(key)} cannot be read.", mend)
        value = None
    except yaml.YAMLError:
        problems.add("S121", (start, 1), f"The value of {quoted(key)} cannot be read.", MENDS[2][1])
        value = None
    except RefusedError as refused:
        line, column, code, message, mend = refused.args
        problems.add(code, (line, column), message, mend)
        value = None
    return Chunk(key, (start, 1), value)


def parsed(text: str, start: int) -> Placed | list[Placed]:
    """The value of the one field in `text`; raises YAMLError or RefusedError."""
    events = [plain(event, start) for event in yaml.parse(text, Loader=yaml.SafeLoader)]
    nodes = events[2:]  # after the starts of stream and document
    value = nodes[2]  # after the start of the field's mapping and its key
    if isinstance(value, yaml.ScalarEvent):
        return placed(value, start)
    end = yaml.MappingEndEvent if isinstance(value, yaml.MappingStartEvent) else yaml.SequenceEndEvent
    inner = nodes[3 : next(at for at, event in enumerate(nodes) if at > 2 and isinstance(event, end))]
    for event in inner:
        if not isinstance(event, yaml.ScalarEvent):
            raise RefusedError(
                *place(event, start),
                "S126",
                "A list or a mapping stands inside another here.",
                "Put the text in quotation marks if its brackets or colons are meant as such.",
            )
    texts = [placed(event, start) for event in inner if isinstance(event, yaml.ScalarEvent)]
    if isinstance(value, yaml.SequenceStartEvent):
        return texts
    return [
        Placed(text.text, name.line, name.column, name.text)
        for name, text in zip(texts[::2], texts[1::2], strict=False)
    ]


def placed(event: yaml.ScalarEvent, start: int) -> Placed:
    return Placed(event.value.strip(), *place(event, start))


def place(event: yaml.Event, start: int) -> tuple[int, int]:
    mark = event.start_mark
    return (start + mark.line, mark.column + 1) if mark else (start, 1)


def plain(event: yaml.Event, start: int) -> yaml.Event:
    """The event, unless it is an anchor, an alias or a tag: nothing in front matter needs them."""
    anchor = getattr(event, "anchor", None)
    tag = getattr(event, "tag", None)
    if anchor or tag or isinstance(event, yaml.AliasEvent):
        kind = "tag" if tag else "alias" if isinstance(event, yaml.AliasEvent) else "anchor"
        what = f"The {kind} {tag or anchor}"
        raise RefusedError(
            *place(event, start),
            "S124",
            f"{what} is YAML machinery, and not allowed here.",
            "Write the value out, in quotation marks if it begins with &, * or !.",
        )
    return event
