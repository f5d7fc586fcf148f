"""What is typed is what is kept, and it reads as it says."""

import pytest

from training.web.text_fields import is_plain, normal


def test_accents_are_kept_in_one_form() -> None:
    assert normal("  Zoe\u0308 ") == "Zoë"


def test_line_ends_are_plain() -> None:
    assert normal("one\r\ntwo\rthree") == "one\ntwo\nthree"


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
