"""Fixtures for every test: a database at schema head, a site, the cast, and browsers with house rules.

The same tests run on PostgreSQL when TEST_DATABASE_URL names a server.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests import made_once, memory
from tests.browsing import Browser
from tests.databases import (
    copy_postgres,
    copy_sqlite,
    drop_postgres,
    postgres_server,
    prepare_postgres,
    prepare_sqlite,
    settings_for,
)
from tests.library_content import with_content
from tests.people import Cast, make_cast
from training import create_app
from training.attempts import scenario_views
from training.database import db, transaction

memory.keep_files_in_memory()
made_once.share()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str | Path]:
    folder = tmp_path_factory.mktemp("prepared")
    server = postgres_server()
    if server is None:
        yield prepare_sqlite(folder)
        return
    name = prepare_postgres(server, folder)
    yield name
    drop_postgres(server, name)


@pytest.fixture(scope="session")
def prepared_with_content(
    prepared: str | Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str | Path]:
    with with_content(postgres_server(), prepared, tmp_path_factory.mktemp("published")) as made:
        yield made


@pytest.fixture(autouse=True)
def shuffled_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replies stand in the same order at every run: the first attempt of a test has the first seed."""
    numbers = count(1)
    monkeypatch.setattr(scenario_views, "new_seed", lambda: f"{next(numbers):032x}")


@pytest.fixture
def published() -> None:
    """The repository's own content, published: ask for it, and `app` has it."""


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database at schema head, this test's own: empty, or with content where `published` is asked for."""
    source = "prepared_with_content" if "published" in request.fixturenames else "prepared"
    prepared: str | Path = request.getfixturevalue(source)
    server = postgres_server()
    if server is None or isinstance(prepared, Path):
        assert isinstance(prepared, Path)
        yield copy_sqlite(prepared, tmp_path)
        return
    with copy_postgres(server, prepared) as url:
        yield url


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The site, with nothing in it."""
    site = create_app(settings_for(database_url, tmp_path))
    site.config["PROPAGATE_EXCEPTIONS"] = False
    with site.app_context():
        yield site
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def site_like(app: Flask) -> Iterator[Callable[..., Flask]]:
    """A function that makes the same site with other settings; its connections are closed afterwards."""
    made: list[Flask] = []

    def make(**settings: object) -> Flask:
        made.append(create_app(replace(app.extensions["settings"], **settings)))
        return made[-1]

    yield make
    for site in made:
        with site.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session to look with; write in `with transaction()`."""
    opened = db.session()
    yield opened
    opened.close()  # a request in between makes the site forget it, and its connection would stay open


@pytest.fixture
def cast(app: Flask) -> Cast:
    """Ana a new hire, Ben her lead, Tova a trainer, Ada an admin, Omar of another team, Lena who leads it."""
    with transaction() as session:
        made = make_cast(session)
    return made


@pytest.fixture
def visitor(app: Flask) -> Browser:
    """Nobody in particular."""
    return Browser(app)
