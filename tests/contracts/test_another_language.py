"""The pages in a language that does not exist: whatever stays English never went through gettext."""

import re
from collections.abc import Iterator
from gettext import NullTranslations

import html5lib
import pytest
from flask import Flask
from flask_babel import get_domain

from tests.browsing import Browser
from tests.people import Cast

WORD = re.compile(r"[A-Za-z]{3,}")
SKIPPED = {"script", "style", "code", "svg", "title"}
# What is said by people or by the installation, not by the interface.
DATA = re.compile(
    r"Ana|Duarte|Ben|Okafor|Tova|Lindgren|Ada|Quist|Omar|Haddad|Lena|Brandt|Morning desk|Zanshin|CSV"
    r"|[\w.]+@example\.invalid|January|February|March|April|May|June|July|August|September|October|November|December"
)


class Pseudo(NullTranslations):
    """Every message between brackets, its placeholders kept."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    ugettext = gettext

    def ngettext(self, one: str, many: str, number: int) -> str:
        return f"⟦{one if number == 1 else many}⟧"

    ungettext = ngettext

    def pgettext(self, _context: str, message: str) -> str:
        return f"⟦{message}⟧"


@pytest.fixture
def pseudo(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.test_request_context():
        domain = get_domain()
    monkeypatch.setattr(domain, "get_translations", Pseudo)


def english(html: str) -> Iterator[str]:
    """Text on a page, attributes that are read aloud included, that no message holds."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    for element in (element for body in tree.iter("body") for element in body.iter()):
        if element.tag in SKIPPED or element.get("translate") == "no":
            continue
        said = [element.text, *(child.tail for child in element)]
        said += [element.get(name) for name in ("aria-label", "alt", "title", "placeholder")]
        for text in said:
            if text and "⟦" not in text and "⟧" not in text and WORD.search(DATA.sub("", text)):
                yield text.strip()


@pytest.mark.parametrize(
    "path",
    [
        "/sign-in",
        "/sign-in/code",
        "/sign-in/forgotten",
        "/sign-in/sent",
        "/t/reset/bent",
        "/subscriptions/new",
        "/subscriptions/sent",
        "/t/tip/bent",
        "/help",
        "/no-such-page",
    ],
)
def test_a_visitor_s_pages_are_in_the_other_language(visitor: Browser, pseudo: None, path: str) -> None:
    assert list(english(visitor.get(path).text)) == []


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/account",
        "/account/name",
        "/account/weekly-tip",
        "/account/password",
        "/modules",
        "/scenarios",
        "/teams/morning-desk",
        "/teams/morning-desk/assignments/new",
        "/teams/morning-desk/invitations/new",
        "/teams/morning-desk/progress",
    ],
)
def test_a_lead_s_pages_are_in_the_other_language(app: Flask, cast: Cast, pseudo: None, path: str) -> None:
    page = Browser(app).sign_in(cast.ben).get(path)

    assert page.status_code == 200
    assert list(english(page.text)) == []


def test_what_a_form_complains_of_is_in_the_other_language(visitor: Browser, pseudo: None) -> None:
    page = visitor.post("/sign-in", {"identifier": "ana@example.invalid", "password": "wrong"})

    assert page.status_code == 422
    assert list(english(page.text)) == []


def test_the_check_sees_english() -> None:
    assert list(english("<body><p>⟦Sign in⟧</p><p>Sign in</p></body>")) == ["Sign in"]
