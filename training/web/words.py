"""The interface's words in templates: looked up once for each language, not at each use on each page.

A page holds about fifty of them. Through the usual extension each look-up asks for the request, the locale
and the catalogue again, which was a quarter of a page's time.
"""

from __future__ import annotations

from gettext import NullTranslations
from weakref import WeakKeyDictionary

from flask import Flask, g
from flask_babel import get_domain
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

# A language's messages never change while the process lives.
_read: WeakKeyDictionary[NullTranslations, Catalogue] = WeakKeyDictionary()


class Catalogue:
    """One language's messages as templates need them: safe in HTML, plain in the text of a mail."""

    def __init__(self, translations: NullTranslations) -> None:
        self.translations = translations
        self.known: dict[tuple[str, bool], str] = {}
        self.finished: dict[tuple[str, bool], str] = {}

    def message(self, text: str, in_html: bool) -> str:
        """The message, its placeholders still in it."""
        key = (text, in_html)
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = _as(self.translations.gettext(text), in_html)
        return found

    def whole(self, text: str, in_html: bool) -> str:
        """A message without placeholders, ready; a doubled percent sign is one here too."""
        key = (text, in_html)
        found = self.finished.get(key)
        if found is None:
            found = self.finished[key] = self.message(text, in_html) % {}
        return found


def init(app: Flask) -> None:
    """In place of the extension's own, which the extension has put there before."""
    app.jinja_env.globals.update({"_": say, "gettext": say, "ngettext": count})


@pass_eval_context
def say(where: EvalContext, text: str, /, **values: object) -> str:
    """`_("Hello %(name)s", name=…)`: in HTML every value is escaped as it is put in."""
    catalogue = _catalogue()
    in_html = bool(where.autoescape)
    return catalogue.message(text, in_html) % values if values else catalogue.whole(text, in_html)


@pass_eval_context
def count(where: EvalContext, one: str, many: str, number: int, /, **values: object) -> str:
    """`ngettext("%(num)s call", "%(num)s calls", n)`."""
    text = _catalogue().translations.ngettext(one, many, number)
    return _as(text, bool(where.autoescape)) % {"num": number, **values}


def _catalogue() -> Catalogue:
    """The catalogue of this request's language, asked for once."""
    held: Catalogue | None = g.get("catalogue")
    if held is None:
        translations = get_domain().get_translations()
        held = _read.get(translations) or _read.setdefault(translations, Catalogue(translations))
        g.catalogue = held
    return held


def _as(text: str, in_html: bool) -> str:
    # A message is ours or a translator's, never a person's: its own tags are meant.
    return Markup(text) if in_html else text  # noqa: S704  # see above
