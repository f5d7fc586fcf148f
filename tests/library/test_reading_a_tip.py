"""The archive and a tip's page, for visitors and for members."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from tests.browsing import Browser
from tests.library.texts import FILES, LESSON
from tests.library_content import import_folder, write_content
from tests.people import Cast
from tests.statements import counted_statements
from training.database import db, transaction
from training.library.models import Item, Kind, Publication
from training.library.queries import find_published

pytestmark = pytest.mark.usefixtures("late_november")
TIP = "/tips/it-is-not-personal"


@pytest.mark.usefixtures("published")
def test_the_archive_is_newest_first_ten_a_page(visitor: Browser) -> None:
    first, second = visitor.get("/tips"), visitor.get("/tips?page=2")

    assert first.text.count('class="rows__name"') == 10
    assert "It is not personal" in first.text + second.text
    assert first.text.index("One voice in a crisis") < first.text.index("Do not sell hope")
    assert 'href="/tips?page=2"' in first.text


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("page", ["0", "99", "x", "-1"])
def test_a_page_that_does_not_exist_is_not_there(visitor: Browser, page: str) -> None:
    assert visitor.get(f"/tips?page={page}").status_code == 404


def test_an_empty_archive_says_what_will_be_here(visitor: Browser) -> None:
    assert "on its way" in visitor.get("/tips").text


@pytest.mark.usefixtures("published")
def test_a_tip_shows_its_prose_its_blocks_and_where_to_go_on(visitor: Browser) -> None:
    page = visitor.get(TIP).text

    assert "the means to an end" in page
    assert '<aside class="aside">' in page
    assert '<section class="breathing">' in page
    assert 'rel="prev"' in page
    assert 'rel="next"' in page


@pytest.mark.usefixtures("published")
def test_a_tip_leads_to_the_call_that_practises_it(visitor: Browser) -> None:
    page = visitor.get("/tips/seeing-it-coming").text

    assert 'href="/scenarios/the-attacking-customer"' in page


@pytest.mark.usefixtures("published")
def test_a_visitors_page_holds_no_form_and_can_be_cached(visitor: Browser) -> None:
    page = visitor.get(TIP)

    assert "<form" not in page.text
    assert page.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in page.headers
    assert "Cookie" in page.headers["Vary"]
    again = visitor.get(TIP, headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.usefixtures("published")
def test_a_visitors_page_is_made_once_and_then_costs_one_statement(app: Flask, visitor: Browser) -> None:
    first = visitor.get(TIP)

    with counted_statements(db.engine) as seen:
        second = Browser(app).get(TIP)

    assert (second.text, second.headers["ETag"]) == (first.text, first.headers["ETag"])
    assert second.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert len([one for one in seen if not one.startswith(("BEGIN", "PRAGMA"))]) == 1, seen


@pytest.mark.usefixtures("published")
def test_what_is_told_to_one_visitor_is_told_to_no_other(app: Flask, visitor: Browser, ana: Browser) -> None:
    visitor.get("/tips")
    ana.post("/sign-out")

    told = ana.get("/tips")

    assert "You are signed out" in told.text
    assert told.headers["Cache-Control"] == "no-store, private"
    assert "You are signed out" not in ana.get("/tips").text
    assert "You are signed out" not in Browser(app).get("/tips").text


def test_a_page_made_before_a_publication_is_not_shown_after_it(visitor: Browser, folder: Path) -> None:
    address = "/tips/seeing-it-coming"
    import_folder(write_content(folder, FILES))
    before = visitor.get(address).text
    assert visitor.get(address).text == before

    import_folder(
        write_content(folder, {"lessons/seeing-it-coming.md": LESSON.replace("title: ", "title: Anew, ")})
    )

    assert "Anew" in visitor.get(address).text


@pytest.mark.usefixtures("published")
def test_a_members_page_is_never_cached(ana: Browser) -> None:
    assert ana.get(TIP).headers["Cache-Control"] == "no-store, private"


@pytest.mark.usefixtures("published")
def test_a_members_page_costs_two_statements(app: Flask, ana: Browser) -> None:
    ana.get(TIP)

    with counted_statements(db.engine) as seen:
        assert ana.get(TIP).status_code == 200

    assert len([one for one in seen if not one.startswith(("BEGIN", "PRAGMA"))]) <= 2, seen


def test_a_tip_of_a_day_to_come_is_not_there(
    app: Flask, visitor: Browser, ana: Browser, folder: Path
) -> None:
    later = LESSON.replace("2026-01-05", "2026-12-07")
    import_folder(write_content(folder, {**FILES, "lessons/later.md": later}))

    assert visitor.get("/tips/later").status_code == 404
    assert ana.get("/tips/later").status_code == 404
    assert "/tips/later" not in ana.get("/tips").text


def test_a_tip_of_a_day_to_come_can_be_read_by_those_who_write_tips(
    app: Flask, cast: Cast, folder: Path
) -> None:
    later = LESSON.replace("2026-01-05", "2026-12-07")
    import_folder(write_content(folder, FILES | {"lessons/later.md": later}))

    for person in (cast.tova, cast.ada):
        browser = Browser(app).sign_in(person)
        assert "Its day is still to come" in browser.get("/tips/later").text
        assert "/tips/later" not in browser.get("/tips").text
    assert Browser(app).sign_in(cast.ben).get("/tips/later").status_code == 404


def test_a_tip_of_a_day_to_come_can_be_read_by_members_where_a_module_lists_it(
    app: Flask, visitor: Browser, ana: Browser, folder: Path
) -> None:
    later = LESSON.replace("2026-01-05", "2026-12-07")
    import_folder(write_content(folder, {**FILES, "lessons/seeing-it-coming.md": later}))

    assert ana.get("/tips/seeing-it-coming").status_code == 200
    assert visitor.get("/tips/seeing-it-coming").status_code == 404


def test_where_tips_are_for_members_a_visitor_is_asked_to_sign_in(
    app: Flask, visitor: Browser, folder: Path
) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], public_tips=False)
    import_folder(write_content(folder, FILES))

    for path in ("/tips", "/tips/seeing-it-coming"):
        reply = visitor.get(path)
        assert reply.status_code == 303
        assert reply.location.startswith("/sign-in?next=")


@pytest.mark.usefixtures("published", "cast")
def test_the_menu_leads_to_tips(visitor: Browser) -> None:
    assert 'href="/tips" aria-current="page"' in visitor.get("/tips").text


def test_a_retired_tip_says_kindly_that_it_is_gone(
    app: Flask, visitor: Browser, folder: Path, cast: Cast
) -> None:
    import_folder(write_content(folder, FILES))
    (folder / "lessons/seeing-it-coming.md").unlink()
    import_folder(folder)

    reply = visitor.get("/tips/seeing-it-coming")
    assert reply.status_code == 404
    assert "no longer in the archive" in reply.text
    assert "no longer in the archive" not in visitor.get("/tips/never-was").text


@pytest.mark.usefixtures("published")
def test_a_tip_names_those_that_go_well_with_it_once_they_have_come(visitor: Browser) -> None:
    page = visitor.get("/tips/their-time-to-shine").text
    related = page[page.index("Goes well with this") :]

    assert 'href="/tips/before-the-rush"' in related
    assert "/tips/refresh-before-you-run-dry" not in related


def test_an_address_that_is_nearly_another_s_is_not_taken_for_it(
    app: Flask, ana: Browser, folder: Path
) -> None:
    """To LIKE, the `_` of one address is any letter of another."""
    practised = LESSON.replace("topics:", "scenario: a-short-call\ntopics:")
    undated = LESSON.replace("date: 2026-01-05\n", "")
    import_folder(
        write_content(folder, FILES | {"lessons/b.md": practised, "lessons/seeing-it-coming.md": undated})
    )
    near = {Kind.SCENARIO: "a-short-call", Kind.LESSON: "seeing-it-coming"}
    found = {kind: find_published(db.session(), kind, slug) for kind, slug in near.items()}
    (folder / "scenarios/a-short-call.md").unlink()
    import_folder(folder)
    with transaction() as session:
        for kind, real in found.items():
            session.add(item := Item(kind=kind, slug=real.slug.replace("-", "_")))
            session.flush()
            session.add(Publication(item_id=item.id, revision_id=real.revision_id, title="Nearly"))

    assert "Nearly" not in ana.get("/tips/b").text
    assert ana.get("/tips/seeing-it-coming").status_code == 200
    assert ana.get("/tips/seeing_it_coming").status_code == 404
