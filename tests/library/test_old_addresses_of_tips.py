"""Where old links lead: to a tip's new name, or to a kind word and its neighbours."""

from pathlib import Path

import pytest
from flask import Flask

from tests.browsing import Browser
from tests.library.texts import FILES, LESSON
from tests.library_content import import_folder, write_content
from tests.people import Cast
from training.library.importing import survey

pytestmark = pytest.mark.usefixtures("late_november")
OLD, NEW = "lessons/seeing-it-coming.md", "lessons/three-moves.md"


def rename(folder: Path) -> None:
    import_folder(write_content(folder, FILES))
    (folder / OLD).unlink()
    (folder / "modules/first-week.md").unlink()
    (folder / "scenarios/a-short-call.md").unlink()
    write_content(folder, {NEW: LESSON.replace("topics:", "aliases: [seeing-it-coming]\ntopics:")})
    import_folder(folder)


def test_a_renamed_tip_is_found_at_its_old_address(app: Flask, visitor: Browser, folder: Path) -> None:
    rename(folder)

    reply = visitor.get("/tips/seeing-it-coming?reply=2&slug=x&_external=1")
    assert reply.status_code == 301
    assert reply.location == "/tips/three-moves?reply=2"
    assert visitor.get(reply.location).status_code == 200


def test_what_was_read_answered_and_said_follows_a_tip_to_its_new_name(
    app: Flask, ana: Browser, cast: Cast, folder: Path
) -> None:
    import_folder(write_content(folder, FILES))
    ben, old = Browser(app).sign_in(cast.ben), "/tips/seeing-it-coming"
    ana.post(f"{old}/completions", {"how": "read"})
    ana.post(f"{old}/completions", {"reply": "2"})
    ben.post(f"{old}/comments", {"text": "I count to ten."})
    rename(folder)

    page = ana.get("/tips/three-moves").text
    assert "You read this on 21 November 2026." in page
    assert "What the other replies do" in page
    assert "1 person is talking about this" in page
    assert "I count to ten." in ana.get("/tips/three-moves/discussion").text
    moved = ana.get(f"{old}/discussion")
    assert (moved.status_code, moved.location) == (301, "/tips/three-moves/discussion")
    assert not ben.get("/tips/three-moves").text.count("You read this")


def test_who_read_a_tip_under_both_names_read_it_once(app: Flask, ana: Browser, folder: Path) -> None:
    """The new name came first, and the old file went later."""
    renamed = LESSON.replace("topics:", "aliases: [seeing-it-coming]\ntopics:")
    import_folder(write_content(folder, FILES | {NEW: renamed}))
    for slug in ("seeing-it-coming", "three-moves"):
        ana.post(f"/tips/{slug}/completions", {"how": "read"})
    (folder / OLD).unlink()
    for name in ("modules/first-week.md", "scenarios/a-short-call.md"):
        (folder / name).unlink()
    import_folder(folder)

    assert "You read this on" in ana.get("/tips/three-moves").text
    assert ana.get("/tips/seeing-it-coming").status_code == 301


def test_a_tip_that_is_still_there_keeps_what_was_done_with_it(
    app: Flask, ana: Browser, folder: Path
) -> None:
    taken = LESSON.replace("topics:", "aliases: [seeing-it-coming]\ntopics:")
    import_folder(write_content(folder, FILES | {"lessons/another.md": taken}))
    ana.post("/tips/seeing-it-coming/completions", {"how": "read"})
    import_folder(folder)

    assert "You read this on" in ana.get("/tips/seeing-it-coming").text
    assert "You read this on" not in ana.get("/tips/another").text


def test_an_old_address_of_a_tip_that_has_not_come_leads_nowhere(
    app: Flask, visitor: Browser, folder: Path
) -> None:
    later = LESSON.replace("2026-01-05", "2026-12-07").replace("topics:", "aliases: [sooner]\ntopics:")
    import_folder(write_content(folder, {**FILES, "lessons/later.md": later}))

    assert visitor.get("/tips/sooner").status_code == 404
    assert visitor.get("/tips/%25").status_code == 404


def test_an_earlier_name_that_is_taken_is_a_warning(app: Flask, folder: Path) -> None:
    taken = LESSON.replace("topics:", "aliases: [seeing-it-coming]\ntopics:")
    write_content(folder, {**FILES, "lessons/another.md": taken})

    assert "L717" in [one.code for one in survey(folder).diagnostics]


@pytest.mark.usefixtures("cast")
def test_a_retired_tip_leads_to_its_neighbours(app: Flask, visitor: Browser, folder: Path) -> None:
    near = LESSON.replace("Seeing it coming", "Near it").replace("2026-01-05", "2026-02-02")
    far = (
        near.replace("Near it", "Far from it")
        .replace("[heat]", "[other]")
        .replace("2026-02-02", "2026-01-06")
    )
    files = {**FILES, "lessons/near.md": near, "lessons/far.md": far}
    import_folder(write_content(folder, files))
    (folder / OLD).unlink()
    import_folder(folder)

    reply = visitor.get("/tips/seeing-it-coming")
    assert reply.status_code == 404
    assert reply.headers["Cache-Control"] == "no-store, private"
    assert "It was called “Seeing it coming”" in reply.text
    assert reply.text.index('href="/tips/near"') < reply.text.index('href="/tips/far"')


def test_a_retired_skill_says_so(app: Flask, cast: Cast, ana: Browser, folder: Path) -> None:
    import_folder(write_content(folder, FILES))
    write_content(folder, {"skills/other.md": FILES["skills/restrain.md"].replace("Restrain", "Other")})
    import_folder(folder)
    (folder / "skills/other.md").unlink()
    import_folder(folder)

    reply = ana.get("/skills/other")
    assert reply.status_code == 404
    assert "no longer in the catalogue" in reply.text
    assert "no longer" not in ana.get("/skills/never-was").text


def test_a_call_that_is_gone_says_so_kindly(app: Flask, ana: Browser, folder: Path) -> None:
    rename(folder)

    reply = ana.get("/scenarios/a-short-call")
    assert reply.status_code == 404
    assert "no longer offered" in reply.text
    assert "no longer" not in ana.get("/scenarios/never-was").text
