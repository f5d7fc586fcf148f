"""The reference and the guide: every example in them is run."""

from __future__ import annotations

import re

import pytest

from scenarios import Catalogue, read_decision, read_scenario
from scenarios.fields import FIELDS
from scenarios.tools.command_line import parser
from tests.scenarios.pages import DOCS, FENCE, Example

GUIDES = ("scenario-language.md", "writing-a-scenario.md")
SKILLS = ("restrain", "redirect", "recuse", "own-it", "tell-it-straight")
CATALOGUE = Catalogue({skill: skill for skill in SKILLS}, frozenset())


def guide(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def examples_of(name: str) -> list[tuple[str, Example]]:
    """Every example with its line; a yaml block belongs to the markdown block after it."""
    text, found = guide(name), []
    fields: tuple[tuple[str, str], ...] = ()
    for one in FENCE.finditer(text):
        block = (one["kind"], one["text"])
        if one["kind"] == "yaml":
            fields = (block,)
        elif one["kind"] in {"markdown", "decision"}:
            found.append((f"{name}:{text.count(chr(10), 0, one.start()) + 1}", Example((*fields, block))))
            fields = ()
    return found


ALL = dict(pair for name in GUIDES for pair in examples_of(name))


@pytest.mark.parametrize("example", ALL.values(), ids=ALL)
def test_every_example_is_read_and_proved_without_an_error(example: Example) -> None:
    kind, text = example.blocks[-1]
    if kind == "decision":
        assert read_decision(text, catalogue=CATALOGUE).diagnostics == ()
        return
    source = text.encode() if text.startswith("---") else example.source()
    reading = read_scenario(source, path="call.md", catalogue=CATALOGUE)
    assert reading.ok, [str(one) for one in reading.diagnostics]
    assert not [str(one) for one in reading.diagnostics if one.code[0] == "S"]


def test_the_whole_file_of_the_reference_is_short_and_else_without_a_remark() -> None:
    first = next(FENCE.finditer(guide(GUIDES[0])))
    reading = read_scenario(first["text"], catalogue=CATALOGUE)
    assert {one.code for one in reading.diagnostics} <= {"T501", "T512"}
    assert len(ALL) >= 14


def test_every_field_stands_in_the_reference_with_its_default() -> None:
    listed = dict(re.findall(r"^\| `(\w+)` \| .* \| (.+) \|$", guide(GUIDES[0]), re.M))
    assert set(listed) == {one.name for one in FIELDS}
    for one in FIELDS:
        if one.required:
            assert listed[one.name] == "required"
        elif one.default:
            assert listed[one.name].strip("`") == str(one.default)
        else:
            assert listed[one.name] == "none"


def test_every_command_stands_in_the_reference() -> None:
    listed = set(re.findall(r"^\| `python -m scenarios (\w+) ", guide(GUIDES[0]), re.M))
    commands = next(action.choices for action in parser()._actions if action.dest == "command")  # noqa: SLF001
    assert commands is not None
    assert listed == set(commands)


def test_every_code_named_in_a_guide_has_a_page() -> None:
    for name in GUIDES:
        for code in re.findall(r"\b[SPTW]\d{3}\b", guide(name)):
            assert (DOCS / "diagnostics" / f"{code}.md").is_file()


def test_the_plays_in_the_reference_are_those_of_the_language_s_example() -> None:
    assert "2,1 => 100 driving-off passed\n1,1,0,1 => 43 handed-over failed" in guide(GUIDES[0])
