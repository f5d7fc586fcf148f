"""The list of calls and the door of each: what you meet, who will see what, and the way in."""

from __future__ import annotations

from datetime import date

from sqlalchemy import update

from tests.attempts.playing import CALL, Player
from tests.people import Cast
from training.assignments.models import Assignment
from training.database import transaction
from training.teams.models import Team

HUMS = "the-kettle-that-hums"
CONTRACT = (
    "Practice: nobody else can see it. Check: your lead, your trainer and an administrator see your result"
    " and skills. Nobody reads your replies unless you share them."
)


def read(player: Player, path: str) -> str:
    response = player.browser.get(path)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store, private"
    return response.get_data(as_text=True)


def test_every_published_call_is_listed_with_its_length(ana: Player) -> None:
    page = read(ana, "/scenarios")

    assert "The kettle in order" in page
    assert "The kettle that hums" in page
    assert "3 min" in page
    assert 'aria-current="page"' in page


def test_the_list_tells_how_it_went_last_time(ana: Player) -> None:
    attempt = ana.start()
    ana.says(attempt, 1, 2, 1)

    page = read(ana, "/scenarios")

    assert "2 strong, 0 fair, 1 weak" in page


def test_nobody_elses_calls_are_in_the_list_or_at_the_door(ana: Player, omar: Player) -> None:
    finished = ana.start()
    ana.says(finished, 1, 2, 1)
    going = ana.start()
    ana.says(going, 1)

    for path in ("/scenarios", f"/scenarios/{CALL}"):
        page = read(omar, path)
        assert "Last time" not in page
        assert "Carry on" not in page
        assert finished not in page
        assert going not in page


def test_the_door_says_who_you_are_what_you_know_and_who_sees_what(ana: Player) -> None:
    page = read(ana, f"/scenarios/{CALL}")

    assert "You are Robin, on the help line of a kettle maker." in page
    assert "She bought the kettle in spring" in page
    assert "about 3 minutes, about 3 turns" in page
    assert "Own it, Redirect" in page
    assert CONTRACT in page
    assert "You are Ana Duarte." in page
    assert "Not you?" in page


def test_the_door_offers_practice_and_a_check_only_where_one_is_asked_for(
    ana: Player, omar: Player, assigned: int
) -> None:
    with transaction() as session:
        session.execute(update(Assignment).where(Assignment.id == assigned).values(due_on=date(2031, 5, 9)))

    mine, his, other = (
        read(player, f"/scenarios/{slug}") for player, slug in ((ana, CALL), (omar, CALL), (ana, HUMS))
    )

    assert "Practise this call" in mine
    assert "Take the check" in mine
    assert "9 May" in mine
    assert "Take the check" not in his
    assert "Take the check" not in other


def test_a_check_under_way_is_carried_on_from_its_turn(ana: Player, assigned: int) -> None:
    check = ana.start(kind="check")
    ana.says(check, 1)

    page = read(ana, f"/scenarios/{CALL}")

    assert "Carry on with the check from turn 2" in page
    assert f'href="/attempts/{check}"' in page
    assert "Take the check" not in page


def test_the_desks_own_card_is_at_the_door_of_its_people(ana: Player, omar: Player, cast: Cast) -> None:
    with transaction() as session:
        card = "<p>Hand over to <strong>Ben</strong>.</p>"
        session.execute(update(Team).where(Team.id == cast.morning_desk).values(desk_card_html=card))

    assert "<p>Hand over to <strong>Ben</strong>.</p>" in read(ana, f"/scenarios/{CALL}")
    assert "Hand over to" not in read(omar, f"/scenarios/{CALL}")


def test_finished_calls_lead_to_their_debriefs(ana: Player) -> None:
    attempt = ana.start()
    ana.says(attempt, 1, 1, 1)

    assert f'href="/attempts/{attempt}/debrief"' in read(ana, f"/scenarios/{CALL}")


def test_a_call_that_is_not_published_has_no_door(ana: Player) -> None:
    assert ana.browser.get("/scenarios/no-such-call").status_code == 404
