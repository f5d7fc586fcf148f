"""What is done again and again: by one process at a time, in time, and whatever else fails."""

from __future__ import annotations

import logging
import threading
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.jobs.conftest import Counting
from tests.mail.conftest import Hand
from tests.statements import counted_statements
from training.clock import now
from training.database import db, transaction
from training.jobs import Job, add_job, claims, in_transaction, jobs_of
from training.jobs.models import JobRun
from training.jobs.queries import list_standings
from training.jobs.running import Runner
from training.mail.models import Message


def row(name: str = "hourly") -> JobRun:
    db.session.remove()
    return db.session().get_one(JobRun, name)


def test_a_job_is_done_at_once_and_then_when_its_time_has_come(
    app: Flask, work: Counting, time: Hand
) -> None:
    runner = Runner(app)

    assert runner.run_due() == ["hourly"]
    time.at += timedelta(minutes=59)
    assert runner.run_due() == []
    time.at += timedelta(minutes=1)
    assert runner.run_due() == ["hourly"]
    assert len(work.done) == 2
    assert row().said == "2 done"


def test_two_processes_do_it_once(app: Flask, work: Counting, time: Hand) -> None:
    first, second = Runner(app), Runner(app)

    assert first.run_due() + second.run_due() == ["hourly"]


def test_of_many_who_try_at_once_one_gets_it(app: Flask, work: Counting) -> None:
    with transaction() as session:
        claims.introduce(session, jobs_of(app)[0], now())
    ready = threading.Barrier(6)
    got: list[bool] = []

    def attempt(number: int) -> None:
        with app.app_context():
            ready.wait()
            with transaction() as session:
                got.append(claims.claim(session, jobs_of(app)[0], f"worker {number}", now()))

    threads = [threading.Thread(target=attempt, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(got) == [False] * 5 + [True]


def test_a_process_that_died_leaves_its_job_to_another_when_its_lease_is_over(
    app: Flask, work: Counting, time: Hand
) -> None:
    with transaction() as session:
        claims.introduce(session, jobs_of(app)[0], time.at)
        assert claims.claim(session, jobs_of(app)[0], "one that dies now", time.at)
    other = Runner(app)

    assert other.run_due() == []
    time.at += timedelta(minutes=15)
    assert other.run_due() == ["hourly"]


def test_one_that_comes_back_late_takes_nothing_from_its_successor(
    app: Flask, work: Counting, time: Hand
) -> None:
    job = jobs_of(app)[0]
    with transaction() as session:
        claims.introduce(session, job, time.at)
        assert claims.claim(session, job, "slow", time.at)
        time.at += timedelta(minutes=15)
        assert claims.claim(session, job, "successor", time.at)
        claims.finish(session, job, "slow", time.at, "late words")

    assert (row().leased_by, row().said, row().finished_at) == ("successor", "", None)


def test_a_job_that_fails_is_logged_with_its_reference_and_stops_no_other(
    app: Flask, work: Counting, time: Hand, caplog: pytest.LogCaptureFixture
) -> None:
    other = Counting()
    add_job(app, Job("other", every=timedelta(hours=1), run=other))
    work.fails = True
    with caplog.at_level(logging.ERROR, logger="training"):
        assert Runner(app).run_due() == ["hourly", "other"]

    assert len(other.done) == 1
    reference = row().said.removeprefix("failed, reference ")
    assert reference in caplog.text
    assert "on purpose" in caplog.text
    assert row().finished_at is None


def test_what_failed_is_tried_again_after_five_minutes(app: Flask, work: Counting, time: Hand) -> None:
    runner = Runner(app)
    work.fails = True
    runner.run_due()
    time.at += timedelta(minutes=4, seconds=59)
    assert runner.run_due() == []
    time.at += timedelta(seconds=1)
    work.fails = False
    assert runner.run_due() == ["hourly"]
    assert row().finished_at == time.at


def test_a_failed_transaction_leaves_nothing_behind(app: Flask, work: Counting, time: Hand) -> None:
    def half(session: Session, at: datetime) -> None:
        session.add(JobRun(name="left behind", due_at=at))
        session.flush()
        raise RuntimeError("half way")

    add_job(app, Job("half", every=timedelta(hours=1), run=in_transaction(half)))
    Runner(app).run_due()

    assert db.session().scalar(select(JobRun).where(JobRun.name == "left behind")) is None
    assert row("half").failed_at == time.at


def test_a_service_in_a_transaction_is_committed(app: Flask, work: Counting, time: Hand) -> None:
    def write(session: Session, at: datetime) -> int:
        session.add(JobRun(name="written", due_at=at))
        return 1

    add_job(app, Job("write", every=timedelta(hours=1), run=in_transaction(write)))
    Runner(app).run_due()

    assert row("written").due_at == time.at
    assert row("write").said == "1"


def test_a_clock_that_goes_back_a_week_keeps_nothing_waiting(app: Flask, work: Counting, time: Hand) -> None:
    shared = Counting()
    add_job(app, Job("shared", every=timedelta(seconds=5), run=shared, is_shared=True))
    runner = Runner(app)
    runner.run_due()
    time.at -= timedelta(days=7)

    assert runner.run_due() == ["hourly", "shared"]
    assert runner.run_due() == []


def test_a_shared_job_is_done_by_every_process_at_its_own_pace(
    app: Flask, work: Counting, time: Hand
) -> None:
    shared = Counting()
    add_job(app, Job("shared", every=timedelta(seconds=5), run=shared, is_shared=True))
    first, second = Runner(app), Runner(app)
    first.run_due()
    second.run_due()
    assert len(shared.done) == 2
    time.at += timedelta(seconds=4)
    first.run_due()
    assert len(shared.done) == 2
    time.at += timedelta(seconds=1)
    first.run_due()
    assert len(shared.done) == 3


def test_a_round_in_which_nothing_is_due_costs_one_statement(app: Flask, work: Counting, time: Hand) -> None:
    runner = Runner(app)
    runner.run_due()
    with counted_statements(db.engine) as seen:
        runner.run_due()

    assert len([one for one in seen if not one.startswith("BEGIN")]) == 1


def test_a_process_that_is_told_to_stop_begins_nothing_more(app: Flask, work: Counting, time: Hand) -> None:
    other = Counting()
    add_job(app, Job("other", every=timedelta(hours=1), run=other))
    runner = Runner(app)
    app.extensions["jobs"]["hourly"] = Job(
        "hourly", every=timedelta(hours=1), run=lambda _at: runner.stopping.set()
    )
    runner.run_until_stopped(iter([True, False]).__next__)

    assert row().finished_at == time.at
    assert other.done == []


def test_two_jobs_of_one_name_stop_the_start(app: Flask, work: Counting) -> None:
    with pytest.raises(RuntimeError, match="two jobs named hourly"):
        add_job(app, Job("hourly", every=timedelta(hours=1), run=work))


def test_what_is_late_and_what_fails_is_said(app: Flask, work: Counting, time: Hand) -> None:
    runner = Runner(app)
    runner.run_due()
    time.at += timedelta(hours=1, minutes=15)
    assert not list_standings(db.session(), jobs_of(app), time.at)[0].is_late
    time.at += timedelta(seconds=1)
    late = list_standings(db.session(), jobs_of(app), time.at)[0]
    assert late.is_late
    assert "LATE" in str(late)

    work.fails = True
    runner.run_due()
    db.session.remove()
    assert "FAILS" in str(list_standings(db.session(), jobs_of(app), time.at)[0])


def test_the_commands_do_what_is_due_once_and_list_it(app: Flask, work: Counting, time: Hand) -> None:
    run = app.test_cli_runner()

    assert "never done, LATE" in run.invoke(args=["jobs", "list"]).output
    assert run.invoke(args=["jobs", "run", "--once"]).output == "hourly: 1 done\n"
    assert run.invoke(args=["jobs", "run", "--once"]).output == ""
    assert f"done {time.at:%Y-%m-%d %H:%M}, due" in run.invoke(args=["jobs", "list"]).output


def test_the_site_sends_its_mail_and_forgets_addresses_as_jobs(app: Flask, time: Hand) -> None:
    with transaction() as session:
        session.add(
            Message(
                dedupe_key="k", purpose="test", to_address="a@example.org", subject="s", text="t", html="h"
            )
        )
    first = app.test_cli_runner().invoke(args=["jobs", "run", "--once"]).output.splitlines()
    assert first[:2] == ["mail: 1 sent", "forget-addresses: 0"]
    time.at += timedelta(days=31)
    assert "forget-addresses: 1\n" in app.test_cli_runner().invoke(args=["jobs", "run", "--once"]).output
    db.session.remove()
    assert db.session().scalars(select(Message)).one().to_address is None
