"""The whole site with fictional people in it, and what each of them reaches."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.browsing import Browser
from tests.crawl.crawling import Crawl, crawl
from tests.databases import copy_sqlite, settings_for
from training import clock, create_app
from training.accounts.models import Person
from training.database import db
from training.demo import commands, people

# A day on which some of the shipped tips have come and some have not.
SATURDAY = datetime(2026, 11, 21, 12, tzinfo=UTC)
# Each reply of each tip is a page of its own: two crawls of them are enough.
PICKS = {"visitor", "new hire"}
ROLES = ("visitor", "new hire", "lead", "trainer", "admin")
CrawlAs = Callable[[str], Crawl]


@pytest.fixture(scope="session")
def whole_site(
    prepared_with_content: str | Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """The site as `make run` shows it. What a database is has no part in this, so it is SQLite's."""
    if not isinstance(prepared_with_content, Path):
        pytest.skip("crawled on SQLite: links do not depend on the database")
    folder = tmp_path_factory.mktemp("whole")
    site = create_app(settings_for(copy_sqlite(prepared_with_content, folder), folder))
    with site.app_context():
        with clock.running(lambda: SATURDAY):
            commands.make()
        yield site
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def crawled(whole_site: Flask) -> CrawlAs:
    """What somebody of that role reaches; each is crawled once."""
    held: dict[str, Crawl] = {}
    names = {one.role: one.name for one in people.MAIN}

    def as_role(role: str) -> Crawl:
        if role not in held:
            browser = Browser(whole_site)
            if role in names:
                query = select(Person.id).where(Person.name == names[role])
                with clock.running(lambda: SATURDAY):
                    browser.sign_in(db.session().execute(query).scalar_one())
            with clock.running(lambda: SATURDAY):
                held[role] = crawl(browser, "/", "/tips", skip="" if role in PICKS else "?reply=")
        return held[role]

    return as_role
