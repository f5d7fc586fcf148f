"""One canonical shape: the graph and the words stay, and a second time changes nothing."""

from __future__ import annotations

import pytest

from scenarios import Compiled, Document, Scenario, compile_scenario
from scenarios.diagnostics import Problems
from scenarios.reading import parse
from scenarios.tools.shape import renamed
from scenarios.writer import write
from tests.scenarios.generated import generate
from tests.scenarios.writing import EXAMPLE, reading_of, scenario_of, shipped, written

TEXTS = {"the example": EXAMPLE, **shipped(), **{f"made up {n}": generate(n, 6, 2, 2) for n in range(25)}}


def parsed(text: str) -> tuple[Document, Scenario]:
    problems = Problems("call.md")
    document, scenario = parse(text, None, problems)
    assert scenario is not None, "\n".join(map(str, problems.found))
    return document, scenario


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_formatted_text_reads_as_the_same_scenario_and_stays_as_it_is(text: str) -> None:
    document, scenario = parsed(text)
    once = write(document)
    again, same = parsed(once)
    assert same == scenario
    assert write(again) == once


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_the_compiled_form_goes_to_json_and_back(text: str) -> None:
    reading = reading_of(text)
    if reading.compiled is not None:
        assert Compiled.from_json(reading.compiled.to_json()) == reading.compiled
        assert compile_scenario(reading.compiled.scenario) == reading.compiled


def test_another_format_of_the_compiled_form_is_refused() -> None:
    text = compile_scenario(scenario_of(EXAMPLE)).to_json().replace('"format":1', '"format":99')
    with pytest.raises(ValueError, match="format 99"):
        Compiled.from_json(text)


def test_the_language_s_example_is_in_shape_already() -> None:
    assert write(parsed(EXAMPLE)[0]) == EXAMPLE


def test_odd_indents_bullets_and_addresses_are_put_right() -> None:
    untidy = written(
        "\n## At the desk\n\n"
        "* [“Now.”](#The-End)\n"
        "   * Restrain +1\n"
        "   > **Marcus**: Good.\n\n"
        "+ [Later.](#the-end)\n\n"
        "## The end\n\n**Ending:** success - Done\n"
    )
    tidy = write(parsed(untidy)[0])
    assert "\n- [“Now.”](#the-end)\n  - Restrain +1\n  > **Marcus:** Good.\n- [Later.](#the-end)\n" in tidy
    assert not [one for one in reading_of(tidy).diagnostics if one.code[0] == "S"]


def test_narration_between_quotes_under_a_choice_keeps_its_place() -> None:
    text = written(
        "## A\n\n- [x](#b)\n  - Restrain +1\n  > **Marcus:** One.\n\n  He waits.\n\n  > **Coach:** Two.\n\n"
        "## B\n\n**Ending:** success — Done\n"
    )
    document, scenario = parsed(text)
    assert [line.text for line in scenario.scenes[0].choices[0].reaction] == ["One.", "He waits."]
    assert parsed(write(document))[1] == scenario


def test_renaming_changes_the_heading_and_every_link_and_nothing_else() -> None:
    text, links = renamed(EXAMPLE, "kicked", "He kicks")
    assert links == 3
    assert "## He kicks\n" in text
    changed = [(a, b) for a, b in zip(EXAMPLE.split("\n"), text.split("\n"), strict=True) if a != b]
    assert len(changed) == 4
    assert reading_of(text).ok
