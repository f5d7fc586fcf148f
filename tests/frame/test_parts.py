"""The page of parts: for us, not for the people who use the site."""

from pathlib import Path

from flask import Flask

from tests.browsing import Browser
from tests.databases import SECRET
from training import create_app
from training.database import db
from training.settings import Settings


def test_every_part_is_shown_in_development(visitor: Browser) -> None:
    reply = visitor.get("/parts")

    assert reply.status_code == 200
    assert "This is how a problem is said" in reply.text


def test_it_is_not_there_in_real_use(app: Flask, database_url: str, tmp_path: Path) -> None:
    real = create_app(Settings(instance=tmp_path, database_url=database_url, secret_key=SECRET))

    assert Browser(real).get("/parts").status_code == 404
    with real.app_context():
        db.session.remove()
        db.engine.dispose()
