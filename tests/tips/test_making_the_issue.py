"""The issue of a week: once, at each reader's own hour, recipients frozen; sleep, summer time, long years."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.browsing import Browser
from tests.people import Cast
from tests.statements import counted_statements
from tests.tips.conftest import Time, subscriber
from tests.tips.issues import look, mail_to, mailed
from training.accounts.models import Person
from training.database import db, transaction
from training.jobs.job import jobs_of
from training.library.models import Publication
from training.tips.managing import Moment, choose_moment, own_subscription
from training.tips.models import Subscription, TipIssue, TipWeek


@pytest.fixture
def site(app: Flask, published: None, cast: Cast, time: Time) -> Flask:
    """The cast, here since September, on a Saturday."""
    with transaction() as session:
        since = {"created_at": time.at.replace(year=2026, month=9, day=1)}
        session.execute(update(Person).values(since))
    time.set("2026-09-07T07:00")
    look(app)
    time.set("2026-11-21T12:00")
    with transaction() as session:
        session.add(TipWeek(year=2026, week=47, looked_at=time.at, skipped_at=time.at))
        session.add(TipWeek(year=2026, week=46, looked_at=time.at))
    return app


def choose(person_id: int, weekday: int, hour: int, zone: str | None = None) -> None:
    with transaction() as session:
        choose_moment(session, own_subscription(session, person_id), Moment(weekday, hour, zone))


def issues() -> list[tuple[int, int]]:
    db.session.remove()
    return [(row.year, row.week) for row in db.session().execute(select(TipIssue.year, TipIssue.week))]


def test_everybody_gets_the_week_s_tip_on_monday_at_eight_and_once(site: Flask, time: Time) -> None:
    assert look(site) == []
    time.set("2026-11-23T07:59")
    assert look(site) == []
    time.set("2026-11-23T08:00")
    assert look(site) == ["2026-W48"]
    assert look(site) == []

    sent = mailed()
    names = ["ada", "ana", "ben", "lena", "omar", "tova"]
    assert [one.to for one in sent] == [f"{name}@example.invalid" for name in names]
    assert {one.not_before for one in sent} == {"2026-11-23T08:00"}
    assert {one.key for one in sent} == {"tip:2026-W48"}
    assert len({link for one in sent for link in (one.tip, one.stop)}) == 12


def test_each_reader_has_their_own_day_hour_and_zone(site: Flask, cast: Cast, time: Time) -> None:
    choose(cast.ana, 0, 0, "Pacific/Kiritimati")
    choose(cast.ben, 6, 23, "Etc/GMT+12")
    time.set("2026-11-22T09:59")
    assert look(site) == []
    time.set("2026-11-22T10:00")
    assert look(site) == ["2026-W48"]

    assert mail_to("ana@example.invalid").not_before == "2026-11-22T10:00"
    assert mail_to("omar@example.invalid").not_before == "2026-11-23T08:00"
    assert mail_to("ben@example.invalid").not_before == "2026-11-30T11:00"


def test_an_address_without_an_account_gets_it_too_and_its_own_way_to_change_it(
    site: Flask, time: Time
) -> None:
    subscriber(site)
    time.set("2026-11-23T08:00")
    look(site)

    assert mail_to("kim@example.org").change == "/subscriptions/new"
    assert mail_to("ana@example.invalid").change == "/account/weekly-tip"


def test_one_address_gets_one_mail_however_often_it_is_on_the_list(
    site: Flask, cast: Cast, time: Time
) -> None:
    with transaction() as session:
        session.add(Subscription(email="ana@example.invalid", began_at=time.at))
    time.set("2026-11-23T08:00")
    look(site)

    assert [one.change for one in mailed() if one.to == "ana@example.invalid"] == ["/account/weekly-tip"]


def test_who_stopped_pauses_came_late_or_left_gets_none(site: Flask, cast: Cast, time: Time) -> None:
    Browser(site).sign_in(cast.ana).post("/account/weekly-tip/end")
    until = {"until": "2026-11-24"}
    Browser(site).sign_in(cast.ben).post("/account/weekly-tip/pause", until)
    with transaction() as session:
        session.get_one(Person, cast.omar).disabled_at = time.at
        session.get_one(Person, cast.lena).email = None
    time.set("2026-11-23T08:00")
    subscriber(site, "just-in-time@example.org")
    time.set("2026-11-23T08:01")
    subscriber(site, "too-late@example.org")
    look(site)

    assert [one.to.split("@")[0] for one in mailed()] == ["ada", "just-in-time", "tova"]
    time.set("2026-11-30T08:00")
    look(site)
    later = [one.to.split("@")[0] for one in mailed() if one.key == "tip:2026-W49"]
    assert later == ["ada", "ben", "just-in-time", "too-late", "tova"]


def test_recipients_are_frozen_who_comes_afterwards_waits(site: Flask, cast: Cast, time: Time) -> None:
    time.set("2026-11-23T08:00")
    look(site)
    own = subscriber(site)
    Browser(site).post(f"{own}/moment", {"weekday": 4, "hour": 8, "time_zone": ""})
    assert "Friday 4 December" in Browser(site).get(own).text
    time.set("2026-11-27T09:00")
    look(site)

    assert "kim@example.org" not in [one.to for one in mailed()]


def test_who_slept_through_the_hour_sends_on_waking_and_once(site: Flask, time: Time) -> None:
    look(site)
    time.set("2026-11-26T03:00")
    assert look(site) == ["2026-W48"]
    assert look(site) == []
    assert {one.not_before for one in mailed()} == {"2026-11-23T08:00"}


def test_a_week_slept_through_is_sent_once_to_those_whose_hour_is_still_to_come(
    site: Flask, cast: Cast, time: Time
) -> None:
    choose(cast.ana, 3, 8)
    look(site)
    time.set("2026-12-01T12:00")
    assert look(site) == ["2026-W48", "2026-W49"]
    assert look(site) == []

    assert [one.to for one in mailed() if one.key == "tip:2026-W48"] == ["ana@example.invalid"]
    assert [one.not_before for one in mailed() if one.key == "tip:2026-W48"] == ["2026-12-01T12:00"]
    assert len([one for one in mailed() if one.key == "tip:2026-W49"]) == 6
    assert mail_to("ana@example.invalid").not_before == "2026-12-03T08:00"


def test_of_many_weeks_slept_through_only_the_newest_is_sent(site: Flask, time: Time) -> None:
    look(site)
    time.set("2027-01-10T12:00")
    assert look(site) == ["2027-W01"]

    assert {one.not_before for one in mailed()} == {"2027-01-10T12:00"}


def test_a_site_that_is_new_begins_with_the_first_week_that_it_sees_whole(
    app: Flask, published: None, cast: Cast, time: Time
) -> None:
    with transaction() as session:
        session.execute(update(Person).values(created_at=time.at.replace(year=2026, month=9, day=1)))
    time.set("2026-11-18T12:00")
    assert look(app) == []
    time.set("2026-11-19T12:00")
    assert look(app) == []
    assert "Skipped" in Browser(app).sign_in(cast.tova).get("/studio/tips").text

    time.set("2026-11-23T08:00")
    assert look(app) == ["2026-W48"]


def test_the_week_passed_over_can_be_had_after_all(
    app: Flask, published: None, cast: Cast, time: Time
) -> None:
    with transaction() as session:
        session.execute(update(Person).values(created_at=time.at.replace(year=2026, month=9, day=1)))
    time.set("2026-11-18T12:00")
    look(app)
    Browser(app).sign_in(cast.tova).post("/studio/tips/skips/end", {"week": "2026-W47"})

    assert look(app) == ["2026-W47"]


def test_a_year_of_53_weeks_has_53_tips_and_then_one(site: Flask, time: Time) -> None:
    for day in ("2026-12-21", "2026-12-28", "2027-01-04"):
        time.set(f"{day}T08:00")
        look(site)

    assert issues() == [(2026, 52), (2026, 53), (2027, 1)]


def test_the_clocks_change_and_the_hour_on_the_wall_stays(site: Flask, time: Time) -> None:
    for moment, expected in (
        ("2026-10-12T07:00", ["2026-W42"]),
        ("2026-10-19T07:00", ["2026-W43"]),
        ("2026-10-26T07:00", []),
    ):
        time.set(moment)
        assert look(site) == expected
    time.set("2026-10-26T08:00")

    assert look(site) == ["2026-W44"]


def test_a_skipped_week_and_a_rest_make_no_issue_and_are_not_caught_up(
    site: Flask, cast: Cast, time: Time
) -> None:
    tova = Browser(site).sign_in(cast.tova)
    look(site)
    tova.post("/studio/tips/skips", {"week": "2026-W48"})
    time.set("2026-11-23T09:00")
    assert look(site) == []

    time.set("2026-11-30T07:00")
    tova = Browser(site).sign_in(cast.tova)
    tova.post("/studio/tips/pause")
    for moment in ("2026-11-30T09:00", "2026-12-04T09:00", "2026-12-07T07:00"):
        time.set(moment)
        assert look(site) == []
    tova = Browser(site).sign_in(cast.tova)
    tova.post("/studio/tips/pause/end")
    assert look(site) == []
    time.set("2026-12-07T08:00")
    assert look(site) == ["2026-W50"]


def test_what_is_on_its_way_cannot_be_skipped(site: Flask, cast: Cast, time: Time) -> None:
    time.set("2026-11-23T08:00")
    look(site)
    reply = Browser(site).sign_in(cast.tova).post("/studio/tips/skips", {"week": "2026-W48"})

    assert reply.status_code == 409
    assert "on its way already" in reply.text
    assert "on its way" in Browser(site).sign_in(cast.tova).get("/studio/tips").text


def test_a_clock_set_back_makes_nothing_twice(site: Flask, time: Time) -> None:
    time.set("2026-11-30T08:00")
    assert look(site) == ["2026-W49"]
    time.set("2026-11-29T08:00")
    look(site)
    time.set("2026-11-30T09:00")
    assert look(site) == []
    assert len(set(issues())) == len(issues())


def test_when_nothing_is_left_nothing_is_sent(site: Flask, time: Time) -> None:
    with transaction() as session:
        session.execute(update(Publication).where(Publication.ended_at.is_(None)).values(ended_at=time.at))
    time.set("2026-11-23T08:00")

    assert look(site) == []
    assert issues() == []


def test_the_lesson_of_the_week_is_the_one_dated_in_it(site: Flask, time: Time) -> None:
    time.set("2026-11-23T08:00")
    look(site)
    item = db.session().scalars(select(TipIssue.item_id)).one()
    dated = select(Publication.tip_on).where(Publication.item_id == item, Publication.ended_at.is_(None))
    assert db.session().scalars(dated).one() == date(2026, 11, 23)


def test_the_jobs_of_the_site_do_it(site: Flask, time: Time) -> None:
    time.set("2026-11-23T08:00")
    jobs = {job.name: job for job in jobs_of(site)}

    assert str(jobs["weekly-tip"].run(time.at)) == "made 2026-W48"
    assert str(jobs["weekly-tip"].run(time.at)) == ""
    assert jobs["weekly-tip"].every <= timedelta(minutes=5)
    assert jobs["forget-subscriptions"].run(time.at) == 0


def test_most_looks_read_no_reader_and_cost_a_few_statements(site: Flask, time: Time) -> None:
    time.set("2026-11-23T07:00")
    look(site)
    with counted_statements(db.engine) as before_the_hour:
        look(site)
    time.set("2026-11-23T08:00")
    look(site)
    with counted_statements(db.engine) as afterwards:
        look(site)

    for statements in (before_the_hour, afterwards):
        assert len(statements) <= 10
        assert not any("person.email" in one for one in statements)
