"""A test client that behaves like a browser and holds every page to the house rules."""

from typing import Any

from flask import Flask, g
from flask import session as form_session
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from werkzeug.test import TestResponse

from tests.house_rules import check_page
from training.accounts.identity import cookie_name
from training.accounts.models import Person
from training.accounts.sessions import begin_session
from training.clock import now
from training.database import db, transaction


class Browser:
    """One person's browser. `get` and `post` hold every HTML answer to the house rules."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()
        self.base_url = app.extensions["settings"].base_url

    def sign_in(self, person_id: int) -> "Browser":
        """Signed in from now on, by a session row of its own."""
        with transaction() as session:
            person = session.get_one(Person, person_id)
            secret = begin_session(session, person, now(), shared=False)
        name = cookie_name(self.app.extensions["settings"])
        self.client.set_cookie(name, secret, domain="127.0.0.1")
        return self

    def get(self, path: str, **kwargs: Any) -> TestResponse:
        return self._checked(self.client.get(path, base_url=self.base_url, **kwargs))

    def post(self, path: str, data: dict[str, Any] | None = None, **kwargs: Any) -> TestResponse:
        """A form sent from one of our pages: with the token that the page would hold."""
        fields = {"csrf_token": self.token(), **(data or {})}
        return self._checked(self.client.post(path, data=fields, base_url=self.base_url, **kwargs))

    def post_bare(self, path: str, data: dict[str, Any] | None = None, **kwargs: Any) -> TestResponse:
        """A form without the token, as another site would send it."""
        return self._checked(self.client.post(path, data=data, base_url=self.base_url, **kwargs))

    def ask(self, method: str, path: str, data: dict[str, Any] | None = None) -> TestResponse:
        """One request without the house rules: for hundreds of pages that are held to them elsewhere."""
        fields = {"csrf_token": self.token(), **(data or {})} if method == "POST" else None
        reply = self.client.open(path, method=method, data=fields, base_url=self.base_url)
        _forget_request()
        return reply

    def token(self) -> str:
        """The CSRF token of this browser, as any page with a form would give it."""
        inside = self.app.test_request_context(base_url=self.base_url)
        with inside, self.client.session_transaction(base_url=self.base_url) as stored:
            if "csrf_token" in stored:
                form_session["csrf_token"] = stored["csrf_token"]
            signed = str(generate_csrf())
            stored["csrf_token"] = form_session["csrf_token"]
        _forget_request()
        return signed

    def _checked(self, response: TestResponse) -> TestResponse:
        _forget_request()
        check_page(self, response)
        return response


def _forget_request() -> None:
    """As at the end of a real request: the test's own application context outlives it, and with it `g`."""
    db.session.remove()
    for name in list(g):
        g.pop(name)
