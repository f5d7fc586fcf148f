"""The interface's words: each language's own, escaped values, plain text in mails."""

from __future__ import annotations

from gettext import NullTranslations

import pytest
from flask import Flask, g
from flask_babel import get_domain
from markupsafe import Markup


def rendered(app: Flask, source: str, *, is_html: bool = True, **values: object) -> str:
    with app.test_request_context():
        template = app.jinja_env.overlay(autoescape=is_html).from_string(source)
        return template.render(**values)


def test_a_value_is_escaped_in_a_page_and_not_in_a_mail(app: Flask) -> None:
    source = "{{ _('Hello %(name)s', name=name) }}"

    assert rendered(app, source, name="<b>") == "Hello &lt;b&gt;"
    assert rendered(app, source, name="<b>", is_html=False) == "Hello <b>"


def test_what_is_safe_already_stays_as_it_is(app: Flask) -> None:
    assert rendered(app, "{{ _('See %(link)s', link=link) }}", link=Markup("<a>it</a>")) == "See <a>it</a>"


@pytest.mark.parametrize(("number", "said"), [(1, "1 call"), (2, "2 calls")])
def test_one_and_many(app: Flask, number: int, said: str) -> None:
    assert rendered(app, "{{ ngettext('%(num)s call', '%(num)s calls', n) }}", n=number) == said


def test_a_doubled_percent_sign_is_one(app: Flask) -> None:
    assert rendered(app, "{{ _('100 %% of it') }}") == "100 % of it"


def test_two_languages_keep_their_own_words(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    class Loud(NullTranslations):
        def gettext(self, message: str) -> str:
            return message.upper()

    assert rendered(app, "{{ _('Save') }}") == "Save"
    g.pop("catalogue", None)
    with app.test_request_context():
        monkeypatch.setattr(get_domain(), "get_translations", Loud)
    g.pop("catalogue", None)
    assert rendered(app, "{{ _('Save') }}") == "SAVE"
