"""Marks for whoever writes the call, with the line in its file."""

from __future__ import annotations

import pytest
from flask import Flask

from scenarios import Choice, Scene
from tests.attempts.kettle import KETTLE
from tests.attempts.playing import CALL
from tests.attempts.strangers import play
from tests.browsing import Browser
from tests.people import Cast
from training.hindsight.figures import SceneFigures, Stood
from training.hindsight.marks import Mark, Marked, marks_of

MENU = Scene("menu", "Menu", choices=(Choice(1, "a", "x"), Choice(2, "b", "x"), Choice(3, "c", "x")))
EVERY = frozenset({1, 2, 3})


def people(*groups: tuple[int, Stood]) -> SceneFigures:
    """So many of each."""
    there = tuple(one for count, one in groups for _person in range(count))
    return SceneFigures(len(there), {}, 5, there)


def stood(
    choice: int, offered: frozenset[int] = EVERY, cost: int = 0, well: bool = False, back: bool = False
) -> Stood:
    return Stood(choice, 5, offered, cost, well, back)


@pytest.mark.parametrize(
    ("there", "marks"),
    [
        (people((8, stood(1)), (7, stood(2))), [Marked(Mark.NEVER, "menu", 3)]),
        (people((8, stood(1)), (2, stood(2))), []),
        (people((8, stood(1, frozenset({1, 2}))), (7, stood(2, frozenset({1, 2})))), []),
        (people((10, stood(3, frozenset({3})))), [Marked(Mark.ALWAYS, "menu", 3)]),
        (people((5, stood(3, frozenset({3})))), []),
        (people((4, stood(1, back=True)), (6, stood(2))), [Marked(Mark.LOOPS, "menu")]),
        (people((1, stood(1, back=True)), (9, stood(2))), []),
        (people((5, stood(1, cost=2, well=True)), (5, stood(2))), [Marked(Mark.OTHER, "menu", 1)]),
        (people((5, stood(1, cost=0, well=True)), (5, stood(2))), []),
        (people((4, stood(1, cost=2, well=True)), (6, stood(2))), []),
        (people((2, stood(1, cost=2, well=True)), (3, stood(2, well=True)), (5, stood(2))), []),
    ],
)
def test_a_mark_needs_enough_people_and_a_clear_finding(there: SceneFigures, marks: list[Marked]) -> None:
    assert marks_of(MENU, there, left=0) == marks


def test_a_scene_that_people_left_is_marked_without_any_figure() -> None:
    assert marks_of(MENU, None, left=5) == [Marked(Mark.LEFT, "menu")]
    assert marks_of(MENU, None, left=0) == []


def test_the_to_do_list_names_the_file_and_the_line(app: Flask, cast: Cast, kettles: None) -> None:
    for minute in range(15):
        play(*((1, 1, 1), (2, 2, 1))[minute % 2], after=minute)

    tova = Browser(app).sign_in(cast.tova)
    page = tova.get(f"/studio/calls/{CALL}").text

    text = KETTLE.replace("pass: 75", "pass: 75\norder: fixed")
    line = text.splitlines().index('- ["I can send a form."](#canary-middle-scene)') + 1
    assert f"content/scenarios/{CALL}.md:{line}" in page
    assert "never chosen" in page
    assert "things to look at in" in page
    assert f'name="line" value="{line}"' in page
    asked = {"kind": "scenario", "slug": CALL, "line": line, "of": 1}
    assert tova.post("/studio/drafts/openings", asked).location.endswith(f"#L{line}")
