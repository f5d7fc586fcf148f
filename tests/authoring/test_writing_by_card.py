"""A trainer changes a call card by card, without script: each card is a form, and each form its own lines."""

import html
import re
from html.parser import HTMLParser

import pytest
from werkzeug.test import TestResponse

from tests.authoring.conftest import Open
from tests.authoring.writing import CALL, rewrite, save, source_of, text_in, version_in
from tests.browsing import Browser


class Fields(HTMLParser):
    """What a browser would send from the form that goes to an address; of several, the one with a reply."""

    def __init__(self, action: str, reply: str) -> None:
        super().__init__()
        self.action, self.reply = action, reply
        self.found: dict[str, str] = {}
        self.sent: dict[str, str] | None = None
        self.area = self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found = {} if has["action"].endswith(self.action) else {"": ""}
        elif tag == "textarea":
            self.area = has["name"]
            self.found[self.area] = ""
        elif tag == "select":
            self.select = has["name"]
        elif tag == "option" and ("selected" in has or self.select not in self.found):
            self.found[self.select] = has["value"]
        elif tag == "input" and (has.get("type") != "radio" or "checked" in has):
            self.found[has["name"]] = has.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.area:
            self.found[self.area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.found[self.area] = self.found[self.area].removeprefix("\r\n").removeprefix("\n")
            self.area = ""
        if tag == "form" and "" not in self.found and self.found.get("reply", "") == self.reply:
            self.sent = self.sent or self.found


def form_in(page: TestResponse, action: str, reply: str = "") -> dict[str, str]:
    reader = Fields(f"/cards/{action}", reply)
    reader.feed(page.text)
    assert reader.sent is not None
    return {name: text.replace("\n", "\r\n") for name, text in reader.sent.items() if name != "csrf_token"}


@pytest.fixture
def address(opened: Open) -> str:
    return opened("scenario", CALL)


def send(browser: Browser, address: str, action: str, reply: str = "", **typed: str) -> TestResponse:
    """Open the first scene's cards, change some fields of one and send it."""
    sent = form_in(browser.get(f"{address}/cards"), action, reply)
    return browser.post(f"{address}/cards/{action}", sent | typed)


def lines_changed(address: str, browser: Browser) -> list[tuple[str, str]]:
    """The lines that differ from the shipped file, where neither has more lines than the other."""
    now, then = text_in(browser.get(address)).split("\n"), source_of("scenario", CALL).split("\n")
    assert len(now) == len(then)
    return [(old, new) for old, new in zip(then, now, strict=True) if old != new]


def test_a_card_that_says_what_stands_there_changes_nothing(tova: Browser, address: str) -> None:
    for action, reply in (("changes", "1"), ("changes", "2"), ("lines", ""), ("names", "")):
        sent = send(tova, address, action, reply)
        assert sent.status_code == 303

    page = tova.get(address)
    assert text_in(page) == source_of("scenario", CALL)
    assert version_in(page) == 1


def test_other_words_change_one_line(tova: Browser, address: str) -> None:
    reply = send(tova, address, "changes", "2", **{"reply-2-words": "“What did it do?”"})

    assert reply.status_code == 303
    assert str(reply.location).endswith("at=reply-2#reply-2")
    assert [new for _, new in lines_changed(address, tova)] == ["- [“What did it do?”](#sparks)"]


def test_another_band_puts_one_mark_in_the_place_of_the_marks(tova: Browser, address: str) -> None:
    send(tova, address, "changes", "2", **{"reply-2-band": "harmful"})

    changed = lines_changed(address, tova)
    assert changed == [("  - Restrain +1, Redirect +2, temper -1", "  - Restrain -1, temper -1")]


def test_a_reply_can_lead_to_a_scene_that_is_not_there_yet(tova: Browser, address: str) -> None:
    typed = {"reply-2-target": "+", "reply-2-scene_name": "The van"}
    send(tova, address, "changes", "2", **typed)

    text = text_in(tova.get(address))
    assert "](#the-van)\n" in text
    assert "\n## The van\n" in text
    assert "leads nowhere yet" in tova.get(f"{address}/cards").text


def test_a_new_scene_needs_a_name(tova: Browser, address: str) -> None:
    reply = send(tova, address, "changes", "2", **{"reply-2-target": "+", "reply-2-words": "Typed"})

    assert reply.status_code == 422
    assert "Name the new scene." in reply.text
    assert form_in(reply, "changes", "2")["reply-2-words"] == "Typed"


def test_replies_are_added_moved_and_taken_out(tova: Browser, address: str) -> None:
    added = send(tova, address, "replies", **{"new-words": "“Hm.”", "new-band": "good", "new-coach": "Why."})
    assert str(added.location).endswith("#reply-5")
    card = form_in(tova.get(f"{address}/cards"), "changes", "5")
    assert (card["reply-5-words"], card["reply-5-lines-0"]) == ("“Hm.”", "Why.")

    moved = tova.post(f"{address}/cards/changes", card | {"move": "up", "reply-5-words": "“Well.”"})
    assert str(moved.location).endswith("#reply-4")
    assert form_in(tova.get(f"{address}/cards"), "changes", "4")["reply-4-words"] == "“Well.”"

    asked = tova.get(f"{address}/cards/removal?scene=at-the-desk&reply=4")
    assert "“Well.”" in asked.text
    sent = form_in(asked, "removals", "4")
    assert tova.post(f"{address}/cards/removals", sent).status_code == 303
    assert text_in(tova.get(address)) == source_of("scenario", CALL)


def test_a_scene_is_renamed_with_all_that_leads_to_it(tova: Browser, address: str) -> None:
    before = source_of("scenario", CALL)
    page = tova.get(f"{address}/cards?scene=sparks")
    sent = form_in(page, "names") | {"title-name": "Smoke"}
    reply = tova.post(f"{address}/cards/names", sent)

    assert "scene=smoke" in str(reply.location)
    now = text_in(tova.get(address))
    assert now == before.replace("## Sparks\n", "## Smoke\n").replace("](#sparks)", "](#smoke)")


def test_a_scene_is_added_after_the_one_looked_at(tova: Browser, address: str) -> None:
    send(tova, address, "scenes", **{"more-name": "He goes", "more-outcome": "failure", "more-words": "Gone"})

    text = text_in(tova.get(address))
    assert "\n\n## He goes\n\n**Ending:** failure — Gone\n\n## Whose fault\n" in text


def test_what_the_text_cannot_take_is_refused_in_words(tova: Browser, address: str) -> None:
    reply = send(tova, address, "names", **{"title-name": "Sparks"})

    assert reply.status_code == 422
    assert "Another scene is called “Sparks” already." in html.unescape(reply.text)


def test_what_nobody_can_see_is_refused(tova: Browser, address: str) -> None:
    reply = send(tova, address, "changes", "1", **{"reply-1-words": "a\u202eb"})

    assert reply.status_code == 422
    assert "invisible characters" in reply.text


def test_somebody_who_saved_in_between_is_not_written_over(tova: Browser, ada: Browser, address: str) -> None:
    sent = form_in(ada.get(f"{address}/cards"), "changes", "2")
    rewrite(tova, address, "title: ", "title: Hers ")

    reply = ada.post(f"{address}/cards/changes", sent | {"reply-2-words": "Mine"})

    assert reply.status_code == 409
    assert "saved this draft while you were writing" in html.unescape(reply.text)
    both = text_in(reply)
    assert "title: Hers " in both
    assert "- [Mine](#sparks)" in both


def test_a_text_that_cannot_be_read_says_where(tova: Browser, address: str) -> None:
    page = tova.get(address)
    bad = text_in(page).replace("## Sparks", "##Sparks")
    save(tova, address, bad, version_in(page))

    cards = tova.get(f"{address}/cards")
    line = bad.split("\n").index("##Sparks") + 1
    assert "The cards wait for the text" in cards.text
    assert re.search(rf'href="{address}#L{line}"', cards.text)


def test_a_text_with_word_s_line_ends_keeps_them(tova: Browser, opened: Open) -> None:
    address = opened("scenario", "the-phone-rings")
    page = tova.get(address)
    text = text_in(page).replace("\n", "\r\n")
    assert tova.post(f"{address}/saves", {"text": text, "version": 1}).status_code == 303

    assert send(tova, address, "changes", "1", **{"reply-1-words": "Other"}).status_code == 303


def test_only_a_call_has_cards(tova: Browser, opened: Open) -> None:
    assert tova.get(f"{opened('skill', 'redirect')}/cards").status_code == 404
