"""Addresses of routes are as Werkzeug makes them; only when it compiles what makes them is our own."""

from collections.abc import Callable

import pytest
from flask import Flask, url_for
from werkzeug.routing import Rule

from training.web import routes


def an_app() -> Flask:
    app = Flask("a site", static_folder=None)
    routes.init(app)
    for path, endpoint in (("/teams/<slug>", "team"), ("/teams/<slug>/<int:rule>", "page")):
        app.add_url_rule(path, endpoint, lambda **values: values)
    return app


def test_what_makes_an_address_is_compiled_when_it_is_first_made(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    compile_builder = Rule._compile_builder  # noqa: SLF001  # what our own kind of route puts off

    def counted(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compiled.append(rule.rule)
        return compile_builder(rule, append_unknown)

    monkeypatch.setattr(Rule, "_compile_builder", counted)
    app = an_app()
    assert compiled == []

    with app.test_request_context():
        made = [url_for("team", slug="desk 1", before="3 May") for _twice in range(2)]

    assert made == ["/teams/desk%201?before=3+May"] * 2
    assert compiled == ["/teams/<slug>"]


def test_a_value_may_be_called_as_it_likes() -> None:
    with an_app().test_request_context():
        assert url_for("page", slug="a", rule=3, self="b") == "/teams/a/3?self=b"


def test_every_route_of_the_site_is_such_a_one(app: Flask) -> None:
    assert {type(rule) for rule in app.url_map.iter_rules()} == {routes.LateRule}
