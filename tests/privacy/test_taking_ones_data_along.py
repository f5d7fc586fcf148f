"""One file holds all that the site keeps about a person, and nothing about anybody else."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from flask import Flask
from markupsafe import escape
from sqlalchemy import ForeignKey, select

from tests.attempts.playing import Player
from tests.browsing import Browser
from tests.people import Cast
from training.accounts.models import Person
from training.accounts.participant import Participant
from training.attempts.phrase_models import Phrase
from training.database import Base, db, transaction
from training.mail.models import Message
from training.mail.service import queue_message
from training.privacy.owned import is_left_out, owned_tables

# Columns that hold a name or an address in tables that hang on nobody: of the team, or of the site.
NOT_OF_A_PERSON = {
    "team.name",
    "picture.name",
    "media_file.name",
    "media_file.picture_name",
    "invitation.email",
    "invitation.name",
    "job_run.name",
    "suppression.address_hash",
    "address_trouble.address_hash",
    "tip_confirmation.email",
}
_TELLING = ("email", "address", "name", "person", "participant")


def downloaded(browser: Browser) -> tuple[str, dict[str, Any], str]:
    reply = browser.get("/account/data.zip")
    assert reply.mimetype == "application/zip"
    assert reply.headers["Cache-Control"] == "no-store, private"
    archive = zipfile.ZipFile(io.BytesIO(reply.data))
    assert sorted(archive.namelist()) == ["your-data.html", "your-data.json"]
    page, data = (archive.read(name).decode() for name in sorted(archive.namelist()))
    return page, json.loads(data), page + data


def test_the_file_holds_account_calls_and_kept_lines(app: Flask, cast: Cast, ana: Player) -> None:
    attempt = ana.start()
    ana.says(attempt, 1, 1, 1)
    with transaction() as session:
        session.add(
            Phrase(
                person_id=cast.ana, text="What happened just before that?", language="en", call="The kettle"
            )
        )

    page, data, _all = downloaded(ana.browser)

    assert [call["kind"] for call in data["calls"]] == ["practice"]
    assert len(data["calls"][0]["said"]) == 3
    assert escape(data["calls"][0]["said"][0]) in page
    assert "What happened just before that?" in page
    assert "ana@example.invalid" in page
    assert data["tables"]["step"][0]["choice"] == 1
    assert [row["team_id"] for row in data["tables"]["membership"]] == [cast.morning_desk]


def test_nobody_elses_name_or_address_is_in_it(app: Flask, cast: Cast, ana: Player) -> None:
    omar = Player(app, cast.omar)
    omar.says(omar.start(), 1, 1, 1)
    ana.start()

    _page, data, everything = downloaded(ana.browser)

    for other in ("Omar", "Ben", "Tova", "Ada", "Lena", "omar@", "ben@"):
        assert other not in everything
    assert len(data["tables"]["attempt"]) == 1


def test_no_key_is_in_it_nor_the_words_of_a_mail_that_hold_one(app: Flask, cast: Cast) -> None:
    with transaction() as session:
        queue_message(
            session,
            purpose="sign-in",
            to="ana@example.invalid",
            template="sign_in_link",
            values={"base_url": "https://site.invalid", "token": "KEY", "name": "Ana"},
            dedupe_key="one",
        )
    browser = Browser(app).sign_in(cast.ana)

    _page, data, everything = downloaded(browser)

    assert data["tables"]["message"][0]["purpose"] == "sign-in"
    assert "KEY" not in everything
    assert "argon2" not in everything
    assert db.session().scalar(select(Message.text)) is not None


def test_no_column_that_sounds_like_a_secret_is_taken_along() -> None:
    shown = [f"{t.name}.{c.name}" for t in owned_tables() for c in t.columns if not is_left_out(c)]

    secret = ("hash", "token", "secret", "password", "key")
    assert [name for name in shown if any(word in name.split(".")[1] for word in secret)] == [
        "message.dedupe_key"
    ]


def test_every_table_that_tells_of_a_person_is_in_the_file() -> None:
    """A table made tomorrow is found by its keys; one that names people otherwise must be looked at here."""
    owned = {table.name for table in owned_tables()}
    missed = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        if table.name not in owned
        for column in table.columns
        if any(word in column.name for word in _TELLING) and not column.name.endswith("_by_id")
    }

    assert missed - NOT_OF_A_PERSON == set()


def test_the_database_lets_every_person_go() -> None:
    """A key to a person that neither goes along nor is emptied would keep them here for ever."""
    held = [
        f"{key.parent.table.name}.{key.parent.name}"
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table is Person.__table__ and _rule(key) not in ("CASCADE", "SET NULL")
    ]

    assert held == []
    assert _rule(next(iter(Participant.__table__.c.person_id.foreign_keys))) == "SET NULL"


def _rule(key: ForeignKey) -> str:
    return (key.ondelete or "").upper()
