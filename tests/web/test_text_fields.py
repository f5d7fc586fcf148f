"""What is typed is what is kept, and it reads as it says."""

import pytest
from flask import Flask

from tests.browsing import Browser
from tests.people import Cast
from training.web.text_fields import can_be_seen, is_plain, normal


def test_accents_are_kept_in_one_form() -> None:
    assert normal("  Zoe\u0308 ") == "Zoë"


def test_line_ends_are_plain() -> None:
    assert normal("one\r\ntwo\rthree\u2028four") == "one\ntwo\nthree\nfour"


def test_a_missing_field_is_an_empty_one() -> None:
    assert normal(None) == ""


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "a\u202eb", "a\u2066b", "a\nb", "\ud800"])
def test_hidden_characters_are_refused(text: str) -> None:
    assert not is_plain(text)


def test_a_longer_text_may_have_lines() -> None:
    assert is_plain("one\n\ttwo", lines=True)
    assert not is_plain("one\x0btwo", lines=True)


@pytest.mark.parametrize("name", ["Renée O’Hara", "山田 太郎", "Łukasz", "محمد"])
def test_names_of_the_world_pass(name: str) -> None:
    assert is_plain(name)
    assert can_be_seen(name)


@pytest.mark.parametrize("name", ["\ufeff", "\u00ad \u200d", "\u2800", "\u3164", "Ana\u2028Duarte"])
def test_a_name_that_nobody_can_see_is_refused(app: Flask, cast: Cast, name: str) -> None:
    """It would be a row of a lead's table without a name, and a link without words."""
    ana = Browser(app).sign_in(cast.ana)

    assert ana.post("/account/name", {"name": name}).status_code == 422
    assert "Ana Duarte" in ana.get("/account").text
