"""The strict reader of front matter: for scenarios, and for lessons, modules and skills as well.

Every value is text until its field reads it, so `no`, `12:30` and `070` stay what the author wrote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from scenarios.diagnostics import Diagnostic, Problems, in_reading_order, quoted
from scenarios.slugs import did_you_mean
from scenarios.yaml_chunks import Chunk, Placed, read_chunks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FENCE = re.compile(r"[-–—]{1,}")
MOST_LINES = 300
MOST_LETTERS = 24_000

Kind = Literal["one", "many", "pairs"]


@dataclass(frozen=True)
class Field:
    """One field: `read` turns a text into the value, or raises ValueError with the mend in plain words.

    `one` gives a value, `many` a tuple (a list, or words with commas if `commas`), `pairs` a dict.
    """

    name: str
    kind: Kind = "one"
    read: Callable[[str], object] = str
    required: bool = False
    default: object = None
    commas: bool = False


@dataclass
class FrontMatter:
    """The fields' values (defaults filled in), where each was written, and the text below."""

    values: dict[str, object]
    places: dict[str, tuple[int, int]]
    items: dict[str, list[Placed]]
    raw: tuple[str, ...]
    body: str
    body_line: int
    diagnostics: tuple[Diagnostic, ...] = ()

    def where(self, name: str) -> tuple[int, int]:
        return self.places.get(name, (1, 1))


def read_front_matter(source: str, fields: Sequence[Field], *, path: str = "<text>") -> FrontMatter:
    """Read the front matter of `source` (plain line ends) by a table of fields. Never raises."""
    problems = Problems(path)
    front = read_fields(source, fields, problems)
    front.diagnostics = in_reading_order(problems.found)
    return front


def read_fields(source: str, fields: Sequence[Field], problems: Problems) -> FrontMatter:
    lines = source.split("\n")
    raw, first, after = fenced(lines, problems)
    front = FrontMatter({}, {}, {}, tuple(raw), "\n".join(lines[after:]), after + 1)
    known = {one.name: one for one in fields}
    for chunk in read_chunks(raw, first, problems):
        take(chunk, known, front, problems)
    for one in fields:
        fill(one, front, problems, fenced_off=after > 0)
    return front


def fenced(lines: list[str], problems: Problems) -> tuple[list[str], int, int]:
    """The lines between the fences, the first one's number, and the index of the line after them."""
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    if not lines or not FENCE.fullmatch(lines[first].strip()):
        problems.add(
            "S120",
            (1, 1),
            "The file does not begin with front matter.",
            "Write a line ---, then fields such as `title: …`, then a line --- again.",
        )
        return [], 1, 0
    check_fence(lines[first], first + 1, problems)
    for at in range(first + 1, len(lines)):
        if FENCE.fullmatch(lines[at].strip()) and not lines[at].startswith(("-  ", " ")):
            check_fence(lines[at], at + 1, problems)
            return short_enough(lines[first + 1 : at], first, problems), first + 2, at + 1
        if lines[at].startswith("#") and lines[at].lstrip("#").startswith(" "):
            break
    else:
        at = len(lines)
    problems.add(
        "S120", (first + 1, 1), "The front matter is not closed.", "Write a line --- under its last field."
    )
    return short_enough(lines[first + 1 : at], first, problems), first + 2, at


def check_fence(line: str, number: int, problems: Problems) -> None:
    if line.strip() != "---":
        problems.add(
            "S120",
            (number, 1),
            f"{quoted(line.strip())} does not fence off front matter.",
            "Write exactly three hyphens: ---.",
        )


def short_enough(raw: list[str], first: int, problems: Problems) -> list[str]:
    if len(raw) <= MOST_LINES and sum(map(len, raw)) <= MOST_LETTERS:
        return raw
    problems.add(
        "S121",
        (first + 1, 1),
        f"The front matter has {len(raw)} lines; it should be a page at most.",
        "Check that the line --- under its last field is there.",
    )
    return []


def take(chunk: Chunk, known: dict[str, Field], front: FrontMatter, problems: Problems) -> None:
    """Read one field's chunk into `front`, or say why not."""
    name = chunk.key
    if name not in known:
        mend = did_you_mean(name, known, f"The fields are: {', '.join(known)}.")
        problems.add("S123", chunk.where, f"{quoted(name)} is not a field.", mend)
        return
    if name in front.places:
        line = front.places[name][0]
        problems.add(
            "S122", chunk.where, f'"{name}" is given twice, first on line {line}.', "Keep one of the two."
        )
        return
    front.places[name] = chunk.where
    if chunk.value is None:
        front.values[name] = known[name].default  # what was wrong has been said already
        return
    one = known[name]
    texts = shaped(one, chunk, problems)
    if texts is not None:
        front.items[name] = texts
        convert(one, texts, front, problems)


def shaped(one: Field, chunk: Chunk, problems: Problems) -> list[Placed] | None:
    """The chunk's texts in the shape that the field's kind wants; None when it is another shape."""
    value = chunk.value
    if isinstance(value, Placed) and not value.text:
        return []
    if one.kind == "pairs":
        if isinstance(value, list) and all(item.key for item in value):
            return value
        wrong_shape(chunk, "Write one line a name, two spaces in: `name: value`.", problems)
        return None
    if one.kind == "many":
        if isinstance(value, Placed):
            return split_commas(value) if one.commas else [value]
        if isinstance(value, list) and not any(item.key for item in value):
            return value
        wrong_shape(chunk, "Write a list: one line each, two spaces in, beginning with `- `.", problems)
        return None
    if isinstance(value, Placed):
        return [value]
    wrong_shape(chunk, "Write one text after the colon, in quotes if it begins with a bracket.", problems)
    return None


def wrong_shape(chunk: Chunk, mend: str, problems: Problems) -> None:
    problems.add("S126", chunk.where, f'"{chunk.key}" has another shape than it can take.', mend)


def split_commas(value: Placed) -> list[Placed]:
    words = [word.strip() for word in value.text.split(",")]
    return [Placed(word, value.line, value.column) for word in words if word]


def convert(one: Field, texts: list[Placed], front: FrontMatter, problems: Problems) -> None:
    """Let the field read each text; a text it refuses is reported with the reader's own mend."""
    read: list[tuple[str, object]] = []
    for item in texts:
        try:
            read.append((item.key, one.read(item.text)))
        except ValueError as refused:
            value = f'"{one.name}" cannot be {quoted(item.text)}.'
            problems.add("S126", (item.line, item.column), value, str(refused))
    if one.kind == "pairs":
        front.values[one.name] = dict(read)
    elif one.kind == "many":
        front.values[one.name] = tuple(value for _, value in read)
    elif read:
        front.values[one.name] = read[0][1]


def fill(one: Field, front: FrontMatter, problems: Problems, *, fenced_off: bool) -> None:
    """Give an absent field its default, and report it where it is required."""
    if one.required and fenced_off and not front.items.get(one.name) and not unreadable(one, front):
        message = f'"{one.name}" is missing.'
        problems.add("S125", front.where(one.name), message, f"Add a line `{one.name}: …`.")
    if front.values.get(one.name) is None:
        front.values[one.name] = one.default


def unreadable(one: Field, front: FrontMatter) -> bool:
    return one.name in front.places and one.name not in front.items
