"""A trainer writes the good call as prose, and gets a draft that lists what is still to be written."""

import html
import re

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scenarios import Reading, compile_scenario, read_scenario
from tests.authoring.conftest import Open
from tests.authoring.writing import CALL, source_of, text_in
from tests.browsing import Browser
from training.authoring.ideal_path import read_path
from training.authoring.ideal_prose import ideal_prose
from training.authoring.models import Draft
from training.authoring.skeleton import Cast, skeleton

MARKED = """\
They: The delivery never came, and it was promised for nine.
You: Nine, and nothing there. What was in it?
They: Food for two hundred people.
You: Then it goes first. I am ringing the driver now.
They: You stay on the line?
You: I stay on the line.
"""
FORM = {
    "title": "The van that never came",
    "customer": "Rosa Patel, who runs a food bank",
    "you": "Sam, on the desk",
    "call": MARKED,
    "skills": ["own-it", "redirect"],
}
CAST = Cast("A call", "Rosa Patel, who runs a food bank", "Sam, on the desk", ("own-it",))


def turns_of(text: str) -> list[tuple[str, str]]:
    path = read_path(text, CAST.customer, CAST.you)
    return [(" / ".join(turn.theirs), " / ".join(turn.yours)) for turn in path.turns]


def read(text: str) -> Reading:
    return read_scenario(skeleton(CAST, read_path(text, CAST.customer, CAST.you)))


TWO = [("Where is it?", "I will look."), ("Well?", "On its way.")]


@pytest.mark.parametrize(
    "text",
    [
        "They: Where is it?\nYou: I will look.\nThey: Well?\nYou: On its way.",
        "THEM : Where is it?\r\nME: I will look.\r\n\r\nthem: Well?\r\nme: On its way.",
        "Where is it?\nI will look.\nWell?\nOn its way.",
        "Rosa: Where is it?\nSam: I will look.\nRosa: Well?\nSam: On its way.",
        "**Rosa Patel:** Where is it?\n\n**Sam**: I will look.\n\n**Rosa:** Well?\n\n**Sam**: On its way.",
        "- Customer – Where is it?\n- Agent – I will look.\n- Customer – Well?\n- Agent – On its way.",
        "1. Anna: Where is it?\n2. Bob: I will look.\n3. Anna: Well?\n4. Bob: On its way.",
        "\ufeffThey:\u00a0Where is it?\vYou:\tI will look.\vThey: Well?\vYou: On its way.\x00",
        "They: Where is it?\nYou: I will\nlook.\nThey: Well?\nYou: On its way.".replace("will\n", "will "),
    ],
    ids=["marks", "capitals", "bare", "names", "bold", "dashes", "strangers", "word", "plain"],
)
def test_lines_are_told_apart_however_they_are_marked(text: str) -> None:
    assert turns_of(text) == TWO


def test_a_line_without_a_mark_goes_on_with_the_one_before() -> None:
    assert turns_of("They: Where is it?\nIt was promised.\nYou: I will look.") == [
        ("Where is it? / It was promised.", "I will look.")
    ]


def test_a_word_before_a_colon_is_no_name() -> None:
    assert turns_of("Listen: where is it?\nI will look.")[0][0] == "Listen: where is it?"


def test_what_happens_and_what_comes_first_and_last_is_kept() -> None:
    reading = read("You: Good morning.\nThey: Where is it?\n(She sighs.)\nYou: I look.\nThey: Thank you.")
    scenario = reading.scenario

    assert scenario is not None
    assert "Good morning" in scenario.briefing[0].text
    assert [line.kind for line in scenario.scenes[0].lines] == ["narration", "speech"]
    good = next(one for one in scenario.scenes[0].choices if one.text == '"I look."')
    assert [line.text for line in good.reaction] == ["Thank you."]


@pytest.mark.parametrize("turns", [1, 2, 3, 8, 40])
def test_the_skeleton_has_no_slip_and_its_to_dos_are_its_problems(turns: int) -> None:
    text = "".join(f"They: Question {number}?\nYou: Answer {number}.\n" for number in range(turns))
    reading = read(text)

    assert {one.code for one in reading.diagnostics} == {"P417"}
    replies = [one for one in reading.diagnostics if one.message.startswith("A reply of")]
    assert len(replies) == 2 * turns
    assert replies[0].play == ()
    assert len(reading.diagnostics) == 2 * turns + len(("summary", "briefing")) + 3


@pytest.mark.parametrize(
    "line",
    [
        "[brackets] and \\ and `ticks`",
        "<b>bold</b>",
        "# no heading",
        '"Quite so," I said.',
        "*[x]: y",
        "](#x)",
    ],
)
def test_marks_of_the_language_are_only_words(line: str) -> None:
    reading = read(f"They: {line}\nYou: {line}")

    assert {one.code for one in reading.diagnostics} == {"P417"}


def test_two_turns_that_begin_alike_have_two_addresses() -> None:
    reading = read("They: Well?\nYou: Yes.\nThey: Well?\nYou: No.\nThey: How it ends.\nYou: So.")

    assert {one.code for one in reading.diagnostics} == {"P417"}


def test_once_its_words_are_written_it_can_be_published() -> None:
    text = skeleton(CAST, read_path(MARKED, CAST.customer, CAST.you))
    written = re.sub(r"To do: [^\".]*\.?", lambda found: f"Words that stand at {found.start()}.", text)
    reading = read_scenario(written)

    assert reading.ok
    assert reading.proof is not None
    assert reading.proof.pass_by_luck < 0.1
    assert not any(robot.passed for robot in reading.proof.robots.values())


def test_the_draft_lists_what_is_still_to_be_written(published: None, tova: Browser) -> None:
    reply = tova.post("/studio/drafts/ideal-calls", FORM)
    page = tova.get(reply.location)

    assert reply.status_code == 303
    assert "Read as 3 turns." in page.text
    assert "11 stop publishing" in page.text
    assert 'href="/studio/problems/P417"' in page.text
    assert "skills: [own-it, redirect]" in text_in(page)
    assert "This is how it was" not in page.text
    assert "Something still to be written" in tova.get("/studio/problems/P417").text


def test_without_a_skill_chosen_the_first_of_the_site_are_trained(published: None, tova: Browser) -> None:
    page = tova.get(tova.post("/studio/drafts/ideal-calls", {**FORM, "skills": []}).location)

    assert "S205" not in page.text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"call": "They: Hello?"}, "one line of theirs and one of yours"),
        ({"call": " \n "}, "Write what is said"),
        ({"call": "a\nb\n" * 41}, "more than forty turns"),
        ({"call": "x" * 40_001}, "very long"),
        ({"customer": "… Rosa"}, "Begin with a name"),
        ({"title": "The attacking customer"}, "has that address already"),
        ({"skills": ["own-it", "no-such-skill"]}, "skill"),
    ],
)
def test_what_cannot_begin_is_said_and_nothing_typed_is_lost(
    published: None, tova: Browser, session: Session, wrong: dict[str, str], said: str
) -> None:
    reply = tova.post("/studio/drafts/ideal-calls", {**FORM, **wrong})

    assert reply.status_code == 422
    assert said in reply.text
    assert html.escape(str(wrong.get("call", "Food for two hundred"))).strip()[:20] in reply.text
    assert session.scalar(select(func.count()).select_from(Draft)) == 0


def test_the_ideal_call_reads_as_it_was_written(published: None, tova: Browser) -> None:
    address = tova.post("/studio/drafts/ideal-calls", FORM).location
    page = tova.get(f"{address}/ideal-call")

    said = re.findall(r"<p>(.*?)</p>", page.text.split("reading__text")[1])
    assert [html.unescape(one) for one in said if not one.startswith("(")][1::2] == [
        f'You: "{line.removeprefix("You: ")}"' for line in MARKED.splitlines()[1::2]
    ]


def test_the_ideal_call_of_what_is_published_begins_another(opened: Open, tova: Browser) -> None:
    page = tova.get(f"/studio/history/scenario/{CALL}/ideal-call")
    scenario = read_scenario(source_of("scenario", CALL)).scenario
    assert scenario is not None
    prose = ideal_prose(compile_scenario(scenario))

    assert html.escape(prose.split("\n\n")[0], quote=False) in page.text
    assert "](#" not in prose
    again = read_path(prose, scenario.customer, scenario.you)
    assert len(again.turns) == prose.count("You: ")
    assert tova.get("/studio/history/scenario/no-such-call/ideal-call").status_code == 404


def test_where_no_call_can_be_played_it_says_so(tova: Browser, opened: Open) -> None:
    address = opened("scenario", CALL)
    text = source_of("scenario", CALL).replace("](#", "](#nowhere-", 1)
    tova.post(f"{address}/saves", {"text": text, "version": 1})

    assert "There is none yet" in tova.get(f"{address}/ideal-call").text
    assert tova.get(f"{opened('skill', 'redirect')}/ideal-call").status_code == 404
