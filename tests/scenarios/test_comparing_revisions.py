"""Two revisions: the key they share when only wording differs, and what changed in meaning."""

from __future__ import annotations

import pytest

from scenarios import Scenario, compare, compile_scenario
from tests.scenarios.writing import EXAMPLE, scenario_of


def changed(*replacements: tuple[str, str]) -> Scenario:
    text = EXAMPLE
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    return scenario_of(text)


def key(scenario: Scenario) -> str:
    return compile_scenario(scenario).key


def told(scenario: Scenario) -> list[tuple[str, str, str]]:
    return [(one.kind, one.scene, one.message) for one in compare(scenario_of(EXAMPLE), scenario)]


WORDING = {
    "a reply": (("I understand that you're upset, sir.", "I can see that you are upset."),),
    "a reaction": (('Don\'t "sir" me.', "Do not call me sir."),),
    "a heading and its links": (("## Kicked", "## He kicks"), ("(#kicked)", "(#he-kicks)")),
    "a warning": (("threatens to film you", "threatens to film everybody"),),
    "an ending's words": (("Dana finishes it", "Dana takes it from here"),),
}


@pytest.mark.parametrize("replacements", WORDING.values(), ids=WORDING)
def test_a_revision_of_the_wording_shares_its_key(replacements: tuple[tuple[str, str], ...]) -> None:
    revision = changed(*replacements)
    assert key(revision) == key(scenario_of(EXAMPLE))
    assert {kind for kind, _, _ in told(revision)} == {"wording"}


MEANING = {
    "points": ((("Recuse +2, temper -1", "Recuse +3, temper -1"),), "scoring"),
    "the pass mark": ((("pass: 75", "pass: 80"),), "scoring"),
    "a meter": ((("temper: 6 of 10", "temper: 5 of 10"),), "routing"),
    "a condition": ((("- If knows-the-fault", "- Unless knows-the-fault"),), "routing"),
    "a target": ((('policy."](#walked-out)', 'policy."](#kicked)'),), "routing"),
    "a timer": (
        (("After 30 seconds: [He stops waiting](#kicked)", "After 30 seconds: [He stops](#a-form)"),),
        "routing",
    ),
}


@pytest.mark.parametrize(("replacements", "kind"), MEANING.values(), ids=MEANING)
def test_a_change_of_structure_or_scoring_changes_the_key(
    replacements: tuple[tuple[str, str], ...], kind: str
) -> None:
    revision = changed(*replacements)
    assert key(revision) != key(scenario_of(EXAMPLE))
    assert kind in {one for one, _, _ in told(revision)}


def test_nothing_changes_between_a_text_and_itself() -> None:
    assert told(scenario_of(EXAMPLE)) == []


def test_the_changes_are_told_scene_by_scene() -> None:
    revision = changed(
        ("Redirect +3, temper -3", "Redirect +2, temper -3"),
        ("> **Marcus:** A week? For a form?", "> **Marcus:** For a form?"),
    )
    noon = '"Noon. A tested sander in your van, and today costs you noth…"'
    assert told(revision) == [
        ("scoring", "The offer", f"{noon} earns redirect +2 instead of redirect +3."),
        ("wording", "A form", "What is told or said here is another."),
    ]


def test_a_choice_added_or_taken_out_is_named() -> None:
    added = '- ["One more kick and I call the police!"](#walked-out)\n  - Restrain -2, temper +2\n'
    revision = changed((added, added + '- ["Somebody help me."](#handed-over)\n'))
    assert ("routing", "Kicked", 'The choice "Somebody help me." is new.') in told(revision)
    back = compare(revision, scenario_of(EXAMPLE))
    assert [one.message for one in back] == ['The choice "Somebody help me." is gone.']


def test_a_renamed_scene_is_known_again_by_its_words() -> None:
    revision = changed(("## A form", "## Paper"), ("(#a-form)", "(#paper)"))
    assert told(revision) == [("wording", "Paper", 'The heading was "A form".')]
