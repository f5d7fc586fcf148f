"""From a template and its values to the three texts of a mail."""

import re
from dataclasses import dataclass
from typing import Any, cast

import css_inline
from flask import current_app

from training.settings import Settings

SUBJECT_LENGTH = 250


@dataclass(frozen=True)
class Composed:
    """A mail's three texts, ready to be stored. The HTML has its styles inline and needs no other file."""

    subject: str
    text: str
    html: str


def compose(template: str, values: dict[str, Any]) -> Composed:
    """Render `templates/mail/<template>/` with `values`; needs an application context.

    Every template also knows `site_name` and `base_url`: links come from there, never from a request.
    """
    settings = cast("Settings", current_app.extensions["settings"])
    known = {"site_name": settings.site_name, "base_url": settings.base_url, **values}
    subject, text, html = (
        current_app.jinja_env.get_template(f"mail/{template}/{part}").render(known)
        for part in ("subject.txt", "text.txt", "body.html")
    )
    return Composed(_one_line(subject), text.strip() + "\n", _inlined(html))


def _one_line(subject: str) -> str:
    """A subject is one line, whatever a name in it holds: a second line would be a header of its own."""
    return re.sub(r"[\s\x00-\x1f\x7f\x85\u2028\u2029]+", " ", subject).strip()[:SUBJECT_LENGTH]


def _inlined(html: str) -> str:
    # Without keep_at_rules the rules for dark mode and for phones would vanish.
    inliner = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
    return str(inliner.inline(html))
