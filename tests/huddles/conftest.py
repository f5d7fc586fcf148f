"""A team in a room: Ben leads it, and any number of phones."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.browsing import Browser
from tests.people import Cast
from training.database import db
from training.huddles.models import Huddle

HUDDLES = "/teams/morning-desk/huddles"


class Room:
    """One huddle from its lead's side, with phones that vote."""

    def __init__(self, app: Flask, lead: Browser) -> None:
        self.app, self.lead = app, lead
        begun = lead.post(HUDDLES)
        assert begun.status_code == 303, begun.text
        self.address = str(begun.location)
        self.public_id = self.address.rsplit("/", 1)[-1]

    @property
    def row(self) -> Huddle:
        db.session.remove()
        return db.session().query(Huddle).filter_by(public_id=self.public_id).one()

    def phone(self) -> Browser:
        """A phone that has opened the page, and so has its cookie."""
        phone = Browser(self.app)
        assert phone.get(f"/huddle/{self.public_id}").status_code == 200
        return phone

    def phone_status(self) -> int:
        """What a phone that comes now is told."""
        return Browser(self.app).get(f"/huddle/{self.public_id}").status_code

    def vote(self, *replies: int) -> list[Browser]:
        """A vote from a phone of its own for each of these replies."""
        phones = []
        for reply in replies:
            phone = self.phone()
            done = phone.post(f"/huddle/{self.public_id}/votes", {"choice": reply})
            assert done.status_code == 303, done.text
            phones.append(phone)
        return phones

    def count(self) -> object:
        return Browser(self.app).get(f"/huddle/{self.public_id}/votes").json

    def reveal(self) -> str:
        assert self.lead.post(f"{self.address}/reveal").status_code == 303
        return self.page()

    def page(self) -> str:
        return words(self.lead.get(self.address).text)


def words(html: str) -> str:
    """What a page says, without its marks."""
    main = html[html.index("<main") :]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)).strip()


@pytest.fixture
def ben(app: Flask, published: None, cast: Cast) -> Browser:
    return Browser(app).sign_in(cast.ben)


@pytest.fixture
def room(app: Flask, ben: Browser) -> Room:
    return Room(app, ben)
