"""Where it is set, people who were barred long ago are erased by themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import select, update

from tests.people import Cast
from training.accounts.models import Person
from training.clock import now
from training.database import db, transaction
from training.jobs import jobs_of
from training.privacy.retention import erase_the_long_gone


def bar(person_id: int, days_ago: int) -> None:
    with transaction() as session:
        barred = now() - timedelta(days=days_ago)
        session.execute(update(Person).where(Person.id == person_id).values(disabled_at=barred))


def names() -> set[str]:
    db.session.remove()
    return {name.split()[0] for name in db.session().scalars(select(Person.name))}


def test_whoever_was_barred_long_enough_ago_goes(cast: Cast) -> None:
    bar(cast.ana, 91)
    bar(cast.omar, 89)

    assert erase_the_long_gone(90, [], now()) == 1
    assert names() == {"Ben", "Tova", "Ada", "Omar", "Lena"}


def test_a_team_keeps_its_only_lead_and_the_others_go_all_the_same(cast: Cast) -> None:
    for person_id in (cast.ben, cast.omar):
        bar(person_id, 400)

    assert erase_the_long_gone(90, [], now()) == 1
    assert "Ben" in names()


def test_it_is_a_job_only_where_it_is_set(
    app: Flask, site_like: Callable[..., Flask], tmp_path: Path
) -> None:
    site = site_like(instance=tmp_path, erase_disabled_after_days=365)

    assert "erase-the-long-gone" not in [job.name for job in jobs_of(app)]
    assert "erase-the-long-gone" in [job.name for job in jobs_of(site)]
