"""What every template can use, and how strictly it is read."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from flask import Flask, current_app
from flask_babel import LazyString, get_locale
from jinja2 import Environment, StrictUndefined, Template
from jinja2.environment import TemplateModule
from jinja2.ext import Extension
from jinja2.runtime import Context
from markupsafe import Markup

from training.settings import Settings
from training.web.access import Access, viewer_or_none


@dataclass(frozen=True)
class Place:
    """One entry of the menu, for everybody whom `access` admits: the menu asks nothing else."""

    key: str
    label: LazyString
    url: str
    icon: str
    access: Access


# Features register from the bottom up; people read from what they do today.
_ORDER = ("today", "tips", "practice", "team", "studio", "admin")


def icon_from(folder: Path) -> Callable[[str, str], Markup]:
    """A function that gives an icon as SVG, hidden from assistive technology: words carry the sense."""

    @cache
    def icon(name: str, css: str = "icon") -> Markup:
        svg = (folder / f"{name}.svg").read_text(encoding="utf-8")
        found = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)
        if found is None:
            raise ValueError(f"static/icons/{name}.svg holds no <svg>")
        body = re.sub(r"\s+", " ", found[1]).strip()
        # The file is our own, the class is written in our templates: nothing here comes from a person.
        frame = Markup('<svg class="{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>')
        return frame.format(css, Markup(body))  # noqa: S704  # see above

    return icon


def drawing_from(environment: Environment) -> Callable[[str], Markup]:
    """A function that draws a customer's head, once a process: only the mood around it differs."""

    @cache
    def drawing(who: str) -> Markup:
        drawn = environment.get_template("components/face_drawing.html").render(who=who)
        # Our own drawing; `who` is one of the names that `face.html` knows. It is half of a call's page.
        return Markup(re.sub(r">\s+<", "><", drawn.strip()))  # noqa: S704

    return drawing


class SharedTemplate(Template):
    """A template whose macros are imported without a look at who imports them.

    Jinja asks at each import whether the importing page was given globals of its own, in which case the
    module is made anew. No page here is: what varies is passed in. The question was a tenth of a page's time.
    """

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


class Unindented(Extension):
    """Pages without their templates' indentation, which no browser shows; what people wrote keeps its own."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return re.sub(r"\n[ \t]+", "\n", source) if name and name.endswith(".html") else source


def init(app: Flask, root: Path, settings: Settings) -> None:
    app.jinja_env.template_class = SharedTemplate
    app.jinja_env.add_extension(Unindented)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        icon=icon_from(root / "static" / "icons"),
        drawing=drawing_from(app.jinja_env),
        page_lang=_page_lang,
        places=_places,
    )
    app.extensions["places"] = []
    app.extensions["admin_pages"] = []

    @app.context_processor
    def _common() -> dict[str, Any]:
        return {"viewer": viewer_or_none(), "site_name": settings.site_name, "settings": settings}


def add_place(app: Flask, place: Place) -> None:
    """Let a feature add its entry to the menu. `_ORDER` names its key."""
    places = cast("list[Place]", app.extensions["places"])
    places.append(place)
    places.sort(key=lambda one: _ORDER.index(one.key))


@dataclass(frozen=True)
class AdminPage:
    """One line of the administrator's first page: its title, what it is for, its address."""

    title: str
    words: str
    url: str


AdminPages = Callable[[], list[AdminPage]]


def add_admin_pages(app: Flask, pages: AdminPages) -> None:
    """Let a feature put its pages for administrators on the first of them."""
    cast("list[AdminPages]", app.extensions["admin_pages"]).append(pages)


def admin_pages() -> list[AdminPage]:
    """What every feature put there, in the order of the features."""
    found = cast("list[AdminPages]", current_app.extensions["admin_pages"])
    return [page for pages in found for page in pages()]


def _places() -> list[Place]:
    who = viewer_or_none()
    return [one for one in cast("list[Place]", current_app.extensions["places"]) if one.access.admits(who)]


def _page_lang() -> str:
    locale = get_locale()
    return locale.language if locale else "en"
