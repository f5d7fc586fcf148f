"""Every route × method × person, generated from the URL map: who gets in, who is told that it is not there.

Ana learns at the morning desk, Ben leads it; Omar learns at the night desk, Lena leads that one; Tova is a
trainer, Ada an administrator. Every thing asked for below is Ana's or the morning desk's.
"""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.contracts.access_table import BENT, PEOPLE, TABLE
from tests.contracts.access_world import FORMS, World
from tests.people import Cast

SKIPPED = {"parts.index"}
MISSING = "missing"  # or 0, where an address takes a number
LAST = {
    "admin.disable",
    "admin.archive",
    "admin.sign_out_person",
    "teams.remove",
    "assignments.withdraw",
    "studio_media.remove",
    "accounts.sign_out",
    "accounts.sign_out_there",
}


def routes(app: Flask) -> Iterator[tuple[str, str, Rule]]:
    """Every endpoint with each of its methods; what takes something away comes last."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.endpoint in LAST):
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            if rule.endpoint not in SKIPPED:
                yield rule.endpoint, method, rule


def address(app: Flask, rule: Rule, arguments: dict[str, str]) -> str:
    needed = {name: arguments[name] for name in rule.arguments}
    if "<int:number>" in rule.rule and needed["number"] == MISSING:
        needed["number"] = "0"
    method = sorted(rule.methods or {"GET"})[0]
    return str(app.url_map.bind("127.0.0.1").build(rule.endpoint, needed, method=method))


def verdict(reply: TestResponse) -> str:
    """`door`: sent to sign in. `closed`: not there, for all that they can tell. `open`: anything else."""
    if reply.status_code == 303 and reply.location.split("?")[0] == "/sign-in":
        return "open" if reply.request.path == "/sign-out" else "door"
    assert reply.status_code < 500, reply.text
    return "closed" if reply.status_code == 404 else "open"


@pytest.fixture
def world(app: Flask, published: None, cast: Cast) -> World:
    return World.make(app, cast)


def test_every_route_is_in_the_table(app: Flask) -> None:
    there = {f"{method} {endpoint}" for endpoint, method, _rule in routes(app)}

    assert there - set(TABLE) == set(), "routes that the table does not know"
    assert set(TABLE) - there == set(), "routes that the site does not have"


@pytest.mark.parametrize("person", PEOPLE)
def test_each_person_opens_what_is_theirs_and_nothing_else(app: Flask, world: World, person: str) -> None:
    wrong = []
    for endpoint, method, rule in routes(app):
        browser = world.browser(person)
        reply = browser.ask(method, address(app, rule, world.arguments(endpoint)), FORMS.get(endpoint))
        expected = expectation(f"{method} {endpoint}", person)
        if verdict(reply) != expected:
            wrong.append(f"{method} {endpoint}: {verdict(reply)} ({reply.status_code}), should be {expected}")

    assert wrong == []


@pytest.mark.parametrize("person", ["visitor", "ana", "ada"])
def test_asking_for_the_head_of_a_page_is_asking_for_the_page(app: Flask, world: World, person: str) -> None:
    """Mail scanners do: a view that acts on whatever is no GET would act on their word."""
    wrong = []
    for endpoint, method, rule in routes(app):
        path = address(app, rule, world.arguments(endpoint))
        if method != "GET":
            continue
        page, head = (world.browser(person).ask(way, path) for way in ("GET", "HEAD"))
        if (page.status_code, page.location) != (head.status_code, head.location):
            wrong.append(f"{endpoint}: {page.status_code} and {head.status_code}")

    assert wrong == []


@pytest.mark.parametrize("person", PEOPLE)
def test_what_is_missing_looks_like_what_is_somebody_else_s(app: Flask, world: World, person: str) -> None:
    wrong = []
    for endpoint, method, rule in routes(app):
        if not rule.arguments or TABLE[f"{method} {endpoint}"] == BENT:
            continue
        path = address(app, rule, dict.fromkeys(rule.arguments, MISSING))
        found = verdict(world.browser(person).ask(method, path, FORMS.get(endpoint)))
        at_the_door = person == "visitor" and "visitor" not in TABLE[f"{method} {endpoint}"]
        expected = "door" if at_the_door else "closed"
        if found != expected:
            wrong.append(f"{method} {endpoint}: {found}, should be {expected}")

    assert wrong == []


def expectation(route: str, person: str) -> str:
    if person in TABLE[route].split():
        return "open"
    return "door" if person == "visitor" and TABLE[route] != BENT else "closed"
