"""The front matter of a scenario: its fields, and readers that other front matter can use too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scenarios.codes import CODES
from scenarios.front_matter import Field
from scenarios.slugs import did_you_mean, fold

if TYPE_CHECKING:
    from collections.abc import Callable

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def text(value: str) -> str:
    return value


def a_slug(value: str) -> str:
    """A name folded to its slug; refuses a name without letters."""
    folded = fold(value)
    if not folded:
        raise ValueError("Write a name with letters in it.")
    return folded


def whole(low: int, high: int) -> Callable[[str], int]:
    """A reader of whole numbers within bounds."""

    def read(value: str) -> int:
        digits = re.fullmatch(r"\d{1,9}", value)
        if not digits or not low <= int(value) <= high:
            raise ValueError(f"Write a whole number from {low} to {high}.")
        return int(value)

    return read


def one_of(*words: str) -> Callable[[str], str]:
    """A reader of one word out of a few."""

    def read(value: str) -> str:
        if value.lower() in words:
            return value.lower()
        raise ValueError(did_you_mean(value, words, f"Write one of: {', '.join(words)}."))

    return read


def language(value: str) -> str:
    if not LANGUAGE.fullmatch(value):
        raise ValueError("Write a language tag, like en or en-GB.")
    return value


def reason(value: str) -> str:
    if not value:
        raise ValueError("Write the reason after the code: a reviewer reads it.")
    return value


FIELDS = (
    Field("title", required=True, default="", read=text),
    Field("summary", required=True, default=""),
    Field("you", required=True, default=""),
    Field("customer", required=True, default=""),
    Field("portrait", read=a_slug, default=""),
    Field("facts", "many", default=()),
    Field("skills", "many", required=True, default=(), commas=True),
    Field("meters", "pairs", default={}),
    Field("flags", "many", default=(), commas=True),
    Field("pass", read=whole(0, 100), default=80),
    Field("pass_ending", read=one_of("success", "partial"), default="partial"),
    Field("warning", default=""),
    Field("lessons", "many", read=a_slug, default=(), commas=True),
    Field("pair", read=a_slug, default=""),
    Field("order", read=one_of("shuffled", "fixed"), default="shuffled"),
    Field("feedback", read=one_of("now", "end"), default="now"),
    Field("language", read=language, default="en"),
    Field("author", default=""),
    Field("format", read=whole(1, 1), default=1),
    Field("allow", "pairs", read=reason, default={}),
)

SILENCEABLE = tuple(code for code in CODES if code[0] in "TW")
