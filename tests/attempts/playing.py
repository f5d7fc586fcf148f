"""Somebody who plays calls through the site's own forms."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.browsing import Browser
from training.attempts.models import Attempt, Step
from training.database import db

CALL = "the-kettle-in-order"


class Player:
    """A signed-in learner. `start` gives the public id of the attempt that the site leads to."""

    def __init__(self, app: Flask, person_id: int) -> None:
        self.person_id = person_id
        self.browser = Browser(app).sign_in(person_id)

    def begin(self, slug: str = CALL, /, **fields: Any) -> TestResponse:
        return self.browser.post(f"/scenarios/{slug}/attempts", data=fields)

    def start(self, slug: str = CALL, /, **fields: Any) -> str:
        response = self.begin(slug, **fields)
        assert response.status_code == 303, response.get_data(as_text=True)
        return response.location.rsplit("/", 1)[1]

    def say(self, attempt: str, step: object, choice: object) -> TestResponse:
        return self.browser.post(f"/attempts/{attempt}/steps", data={"step": step, "choice": choice})

    def says(self, attempt: str, *choices: int) -> None:
        """Say these, one after another, from the first step on."""
        for number, choice in enumerate(choices, 1):
            assert self.say(attempt, number, choice).status_code == 303

    def page(self, attempt: str, query: str = "") -> str:
        response = self.browser.get(f"/attempts/{attempt}{query}")
        assert response.status_code == 200
        return response.get_data(as_text=True)

    def debrief(self, attempt: str) -> str:
        response = self.browser.get(f"/attempts/{attempt}/debrief")
        assert response.status_code == 200
        return response.get_data(as_text=True)


def find_row(public_id: str) -> Attempt:
    """The attempt's row as it is now."""
    db.session.remove()
    return db.session.scalars(select(Attempt).where(Attempt.public_id == public_id)).one()


def choices_of(public_id: str) -> list[int]:
    """The authored choices recorded so far."""
    db.session.remove()
    query = select(Step.choice).join(Attempt).where(Attempt.public_id == public_id).order_by(Step.number)
    return list(db.session.scalars(query))


def replies_on(page: str) -> list[str]:
    """The replies on a page, in the order shown."""
    return re.findall(r'class="choice__text">(.*?)</span>', page)
