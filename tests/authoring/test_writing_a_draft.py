"""A trainer writes: nothing is lost, and what is wrong is said where it is."""

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.authoring.conftest import Open
from tests.authoring.writing import CALL, rewrite, save, source_of, text_in, version_in
from tests.browsing import Browser
from tests.people import Cast
from training.accounts.models import AuditEntry
from training.authoring.models import Draft, DraftSave
from training.authoring.rules import MOST_BYTES


def test_something_new_begins_whole(published: None, tova: Browser) -> None:
    for kind in ("scenario", "lesson", "module", "skill"):
        reply = tova.post("/studio/drafts", {"kind": kind, "title": f"The late {kind}"})

        page = tova.get(reply.location)
        assert "none stops publishing" in page.text or "it can be published" in page.text, kind
        assert f"The late {kind}" in text_in(page)


def test_an_address_that_is_taken_begins_nothing(published: None, tova: Browser) -> None:
    reply = tova.post("/studio/drafts", {"kind": "scenario", "title": "The attacking customer"})

    assert reply.status_code == 422
    assert "Something has that address already" in reply.text


NEW = {"kind": "scenario", "title": "A form come twice"}
COPY = {"of": f"scenario/{CALL}", "title": "A copy come twice"}
GOOD_CALL = {
    "title": "A good call come twice",
    "customer": "Marcus",
    "you": "Sam",
    "call": "They: Late again.\nYou: Tell me what you need today.\nThey: The key.",
}
EARLIER = {"kind": "scenario", "slug": CALL, "number": 1}


@pytest.mark.parametrize(
    ("address", "form"),
    [("", NEW), ("/copies", COPY), ("/ideal-calls", GOOD_CALL), ("/openings", EARLIER)],
    ids=["new", "copy", "good call", "earlier revision"],
)
def test_a_form_that_comes_twice_begins_one_draft(
    published: None, tova: Browser, ada: Browser, session: Session, address: str, form: dict[str, object]
) -> None:
    """Two presses of a button, or a proxy that asks the next site because the first died."""
    first = tova.post(f"/studio/drafts{address}", form)
    assert first.status_code == 303

    assert tova.post(f"/studio/drafts{address}", form).location == first.location
    assert session.scalar(select(func.count()).select_from(Draft)) == 1

    assert ada.post(f"/studio/drafts{address}", form).status_code in (409, 422)
    rewrite(tova, first.location, "the", "a")
    assert tova.post(f"/studio/drafts{address}", form).status_code in (409, 422)


def test_a_title_without_a_letter_begins_nothing(tova: Browser) -> None:
    assert tova.post("/studio/drafts", {"kind": "lesson", "title": "…"}).status_code == 422


def test_what_is_published_opens_with_its_very_text(tova: Browser, opened: Open) -> None:
    page = tova.get(opened("scenario", CALL))

    assert text_in(page) == source_of("scenario", CALL)
    assert "0 problems" not in page.text
    assert "it can be published" in page.text


def test_opening_it_again_goes_to_the_same_draft(ada: Browser, opened: Open) -> None:
    there = opened("scenario", CALL)

    assert ada.post("/studio/drafts/openings", {"kind": "scenario", "slug": CALL}).location == there


def test_a_save_is_kept_and_shown(tova: Browser, opened: Open) -> None:
    address = opened("scenario", CALL)

    reply = rewrite(tova, address, "hire", "rent")

    page = tova.get(reply.location)
    assert text_in(page) == source_of("scenario", CALL).replace("hire", "rent", 1)
    assert version_in(page) == 2


def test_saving_twice_with_one_press_is_one_save(tova: Browser, opened: Open, session: Session) -> None:
    address = opened("scenario", CALL)
    for _ in range(2):
        assert save(tova, address, "Something else\n", 1).status_code == 303

    assert session.scalars(select(Draft.version)).one() == 2


def test_saving_without_a_change_changes_no_byte(
    tova: Browser, opened: Open, session: Session, cast: Cast
) -> None:
    address = opened("lesson", "seeing-it-coming")
    page = tova.get(address)

    save(tova, address, text_in(page), version_in(page))

    assert session.scalars(select(DraftSave.text)).all() == [source_of("lesson", "seeing-it-coming")]


def test_each_problem_has_its_words_its_line_and_its_page(tova: Browser, opened: Open) -> None:
    address = opened("scenario", CALL)
    text = source_of("scenario", CALL)
    line = next(at for at, words in enumerate(text.split("\n"), 1) if "](#" in words)

    rewrite(tova, address, "](#", "](#nowhere-")

    page = tova.get(address)
    assert "stops publishing" in page.text or "stop publishing" in page.text
    assert f'href="#L{line}"' in page.text
    assert f'id="L{line}"' in page.text
    assert 'href="/studio/problems/S201"' in page.text
    assert "No scene is called" in page.text


def test_the_page_of_a_code_shows_it_mended(tova: Browser) -> None:
    page = tova.get("/studio/problems/S201")

    assert "A link to no scene" in page.text
    assert "](#the-edn)" in page.text
    assert "A link to no file" in tova.get("/studio/problems/L701").text
    assert tova.get("/studio/problems/X999").status_code == 404
    assert tova.get("/studio/problems/S999").status_code == 404


def test_a_look_without_saving_saves_nothing(tova: Browser, opened: Open, session: Session) -> None:
    address = opened("skill", "redirect")
    text = source_of("skill", "redirect") + "\nA line that nobody saved.\n"

    page = tova.post(f"{address}/preview", {"text": text, "version": 1})

    assert "A line that nobody saved." in page.text.split('id="preview"')[1]
    assert text_in(page) == text
    assert "Not saved yet" in page.text
    assert session.scalars(select(Draft.version)).one() == 1


def test_a_look_at_a_text_on_an_older_save_stays_on_it(tova: Browser, ada: Browser, opened: Open) -> None:
    """Saved from that page, it must meet what was saved meanwhile."""
    address = opened("skill", "redirect")
    rewrite(tova, address, "title: ", "title: Hers ")
    text = source_of("skill", "redirect") + "\nMine.\n"

    looked = ada.post(f"{address}/preview", {"text": text, "version": 1})
    too_long = ada.post(f"{address}/saves", {"text": text + "x" * MOST_BYTES, "version": 1})

    assert [version_in(page) for page in (looked, too_long)] == [1, 1]
    assert save(ada, address, text_in(looked), version_in(looked)).status_code == 409


def test_a_front_matter_gone_wrong_keeps_the_last_good_preview(tova: Browser, opened: Open) -> None:
    address = opened("scenario", CALL)
    rewrite(tova, address, "---\n", "---\ntitle: [\n")

    page = tova.get(address)

    assert "This is how it was when it could last be shown." in page.text
    assert "Marcus" in page.text.split('id="preview"')[1]
    assert "stops publishing" in page.text or "stop publishing" in page.text


def test_a_call_that_does_not_prove_is_shown_all_the_same(tova: Browser, opened: Open) -> None:
    address = opened("scenario", CALL)
    text = (
        source_of("scenario", CALL)
        + '\n## A scene that nobody reaches\n\n- ["Hello."](#a-scene-that-nobody-reaches)\n'
    )
    save(tova, address, text, 1)

    page = tova.get(f"{address}?scene=a-scene-that-nobody-reaches")

    assert "Hello." in page.text.split('id="preview"')[1]
    assert "This is how it was" not in page.text


def test_the_map_leads_to_each_scene(tova: Browser, opened: Open) -> None:
    address = opened("scenario", CALL)
    page = tova.get(address)

    assert page.text.count('<a class="map__scene') == source_of("scenario", CALL).count("\n## ")
    assert "is-strong" in page.text
    assert "Preview" in tova.get(f"{address}?scene=nothing-of-the-kind").text


def test_more_than_256_kib_is_said_in_words_and_not_saved(
    tova: Browser, opened: Open, session: Session
) -> None:
    address = opened("skill", "redirect")

    reply = save(tova, address, "x" * (256 * 1024 + 1), 1)

    assert reply.status_code == 422
    assert "256 is the most" in reply.text
    assert session.scalars(select(Draft.version)).one() == 1


def test_emoji_and_right_to_left_words_are_kept(tova: Browser, opened: Open) -> None:
    address = opened("skill", "redirect")

    rewrite(tova, address, "---\n", "---\nauthor: شذى 👍🏽\n")

    assert "شذى 👍🏽" in text_in(tova.get(address))


def test_markup_in_a_draft_is_words_and_nothing_more(tova: Browser, opened: Open) -> None:
    address = opened("skill", "redirect")

    page = tova.post(f"{address}/preview", {"text": "</textarea><script>alert(1)</script>\n", "version": 1})

    assert "<script>alert" not in page.text


def test_every_save_can_be_gone_back_to(tova: Browser, opened: Open) -> None:
    address = opened("skill", "redirect")
    rewrite(tova, address, "title: ", "title: Not ")

    assert "title: Not " in tova.get(f"{address}/saves/1").text
    tova.post(f"{address}/returns", {"number": 1})

    page = tova.get(address)
    assert text_in(page) == source_of("skill", "redirect")
    assert version_in(page) == 3
    assert "taken back to an earlier one" in tova.get(f"{address}/saves").text


def test_a_draft_laid_aside_keeps_its_text_and_takes_no_more(tova: Browser, opened: Open) -> None:
    address = opened("skill", "redirect")
    tova.post(f"{address}/closings")

    assert save(tova, address, "More\n", 1).status_code == 409
    assert text_in(tova.get(address)) == source_of("skill", "redirect")
    assert "No draft is open" in tova.get("/studio").text


def test_what_is_done_to_a_draft_is_in_the_log(tova: Browser, opened: Open, session: Session) -> None:
    address = opened("skill", "redirect")
    rewrite(tova, address, "title: ", "title: Not ")
    for _again in range(2):  # the second time it is so already
        tova.post(f"{address}/returns", {"number": 1})
    tova.post(f"{address}/closings")

    actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions[-4:] == ["draft opened", "draft saved", "draft taken back", "draft laid aside"]


def test_learners_and_leads_have_no_drafts(app: Flask, cast: Cast, opened: Open) -> None:
    address = opened("skill", "redirect")

    assert Browser(app).sign_in(cast.ben).get(address).status_code == 404
    assert Browser(app).sign_in(cast.ana).post(f"{address}/saves", {"version": 1}).status_code == 404


def test_words_pasted_from_a_word_processor_are_read_as_they_are_meant(tova: Browser, opened: Open) -> None:
    address = opened("scenario", CALL)
    text = source_of("scenario", CALL)
    pasted = (
        text.replace("- [", "-\u00a0[")
        .replace(" -1", " \u22121")
        .replace("\n  - ", "\n\t- ")
        .replace("’", "'")
    )
    assert pasted != text

    save(tova, address, pasted.replace('"', "\u201d"), 1)

    page = tova.get(address)
    assert "it can be published" in page.text or "none stops publishing" in page.text


def test_a_character_that_no_database_holds_is_kept_out_and_nothing_else(tova: Browser, opened: Open) -> None:
    address = opened("skill", "redirect")

    assert save(tova, address, "Words\x00 and more\n", 1).status_code == 303

    assert text_in(tova.get(address)) == "Words and more\n"
