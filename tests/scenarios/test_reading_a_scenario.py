"""What is read as meant, in silence or with a word, and what the author is told."""

from __future__ import annotations

import pytest

from scenarios import Catalogue, Scenario, read_front_matter, read_scenario, slug
from scenarios.fields import FIELDS
from tests.scenarios.writing import EXAMPLE, codes_of, reading_of, scenario_of, written

CALL = """
## At the desk

- ["What did it do?"](#the-end)
  - Restrain +2, temper -1
- ["It was tested."](#lost)
  - Restrain -1, temper +2

## The end

**Ending:** success — He leaves

## Lost

**Ending:** failure — He walks out
"""
METER = "meters:\n  temper: 6 of 10\n"


def shape(text: str) -> list[str]:
    """The codes of everything said about a text's shape and names."""
    return [code for code in codes_of(text) if code[0] in "SP"]


SILENT = {
    "curly quotes": ('"What did it do?"', "“What did it do?”"),
    "a true minus": ("temper -1", "temper \u22121"),
    "an en dash for a minus": ("temper -1", "temper –1"),
    "no-break spaces": ("Restrain +2", "Restrain\u00a0+2"),
    "a tab for two spaces": ("  - Restrain +2", "\t- Restrain +2"),
    "windows line ends": ("\n", "\r\n"),
    "old mac line ends": ("\n", "\r"),
    "stars as list marks": ("  - Restrain", "  * Restrain"),
    "names in another case": ("Restrain +2, temper -1", "RESTRAIN +2, Temper -1"),
    "a hyphen before what happened": ("success — He", "success - He"),
    "a colon outside the bold": ("**Ending:** success", "**Ending**: success"),
    "a space after the sign": ("Restrain +2", "Restrain + 2"),
    "blank lines between details": ("  - Restrain +2", "\n  - Restrain +2"),
}


@pytest.mark.parametrize(("old", "new"), SILENT.values(), ids=SILENT)
def test_what_word_processors_and_habits_do_is_accepted_in_silence(old: str, new: str) -> None:
    text = written(CALL, METER)
    assert old in text
    changed = text.replace(old, new)
    assert shape(changed) == shape(text) == []
    assert graph_of(scenario_of(changed)) == graph_of(scenario_of(text))


def graph_of(scenario: Scenario) -> list[object]:
    return [
        (scene.slug, [(one.target, one.points, one.changes) for one in scene.choices], scene.ending)
        for scene in scenario.scenes
    ]


def test_a_byte_order_mark_is_accepted() -> None:
    assert read_scenario(b"\xef\xbb\xbf" + EXAMPLE.encode()).ok


def test_a_name_of_two_words_is_its_slug() -> None:
    text = written(CALL.replace("Restrain", "Own it"), METER).replace("[restrain, redirect]", "[own-it]")
    assert dict(scenario_of(text).scenes[0].choices[0].points) == {"own-it": 2}


def test_every_value_of_the_front_matter_is_text_until_its_field_reads_it() -> None:
    front = read_front_matter("---\ntitle: no\nyou: 12:30\ncustomer: 070\nfacts: [yes, 1.50]\n---\n", FIELDS)
    assert (front.values["title"], front.values["you"], front.values["customer"]) == ("no", "12:30", "070")
    assert front.values["facts"] == ("yes", "1.50")


def test_a_list_may_be_written_with_commas_where_its_items_have_none() -> None:
    text = written(CALL, METER).replace("skills: [restrain, redirect]", "skills: restrain, redirect")
    assert scenario_of(text).skills == ("restrain", "redirect")


def test_all_problems_are_told_at_once_each_at_its_place() -> None:
    text = (
        EXAMPLE.replace("pass: 75", "pas: 75")
        .replace("(#whose-fault)", "(#whose)")
        .replace("> **Marcus:** A", "**Marcus:** A")
    )
    found = {(one.code, one.line) for one in reading_of(text).diagnostics}
    lines = text.split("\n")
    assert ("S123", lines.index("pas: 75") + 1) in found
    assert ("S201", next(at for at, line in enumerate(lines, 1) if "(#whose)" in line)) in found
    assert ("S132", next(at for at, line in enumerate(lines, 1) if line.startswith("**Marcus:** A"))) in found


def test_a_catalogue_knows_the_skills_and_the_lessons() -> None:
    catalogue = Catalogue({"restrain": "Restrain", "redirect": "Redirect"}, frozenset({"seeing-it-comming"}))
    found = read_scenario(EXAMPLE, catalogue=catalogue).diagnostics
    errors = [one for one in found if one.severity == "error"]
    assert [one.code for one in errors] == ["S205", "S204"]
    assert "recuse" in errors[0].message
    assert errors[1].mend == 'Did you mean "seeing-it-comming"?'


def test_an_allowed_remark_is_kept_apart_with_its_reason() -> None:
    allowed = EXAMPLE.replace("pass: 75", "pass: 75\nallow:\n  T512: an example must be short")
    reading = reading_of(allowed)
    assert "T512" in codes_of(EXAMPLE)
    assert "T512" not in [one.code for one in reading.diagnostics]
    assert [(one.code, reason) for one, reason in reading.allowed] == [("T512", "an example must be short")]


def test_an_allowance_needs_its_reason() -> None:
    assert "S126" in codes_of(EXAMPLE.replace("pass: 75", "pass: 75\nallow:\n  T512:"))


def test_what_stands_under_a_choice_is_told_apart() -> None:
    choice = scenario_of(EXAMPLE).scenes[0].choices[0]
    assert [line.kind for line in choice.thoughts] == ["thought"]
    assert [line.kind for line in choice.coaching] == ["coach"]
    assert choice.reaction == ()


def test_the_attributes_of_a_scene() -> None:
    text = written(
        CALL.replace(
            "## At the desk\n", "## At the desk\n\n**Hint:** Ask about\nthe machine.\n\n**Note:** Too easy?\n"
        ),
        METER,
    )
    scene = scenario_of(text).scenes[0]
    assert scene.hint == "Ask about\nthe machine."
    assert scene.lines == ()


@pytest.mark.parametrize(
    ("heading", "address"),
    [
        ("Whose fault?", "whose-fault"),
        ("A form — again", "a-form--again"),
        ("Café & Tea_time", "café--tea_time"),
        ("  At 8:02  ", "at-802"),
    ],
)
def test_addresses_follow_the_rule_of_the_viewers(heading: str, address: str) -> None:
    assert slug(heading) == address


def test_links_are_found_whatever_their_case_accents_and_punctuation() -> None:
    text = written(CALL.replace("## The end", "## Très bien!").replace("(#the-end)", "(#TRES-BIEN)"), METER)
    reading = reading_of(text)
    assert reading.ok
    assert [one.code for one in reading.diagnostics if one.code[0] == "S"] == ["S203"]


def test_a_scene_has_a_name_of_a_hundred_and_twenty_letters_at_most() -> None:
    def named(name: str) -> list[str]:
        return codes_of(EXAMPLE.replace("## Whose fault", f"## {name}"))

    assert "S144" not in named("a" * 120)
    assert "S144" in named("a" * 121)


def test_the_texts_that_a_page_may_show_are_listed_once() -> None:
    compiled = reading_of(EXAMPLE).compiled
    assert compiled is not None
    texts = compiled.texts()
    assert len(texts) == len(set(texts))
    for piece in (
        "Dana finishes it",
        'Don\'t "sir" me.',
        "the worker who lays floor tiles",
        "He shouts, and threatens to film you.",
    ):
        assert piece in texts
