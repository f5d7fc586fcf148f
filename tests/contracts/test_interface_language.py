"""Every interface word goes through gettext: none stands bare in a template, none is fixed in a form."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask
from flask_babel.speaklater import LazyString
from jinja2 import nodes

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
READ_ALOUD = {"alt", "title", "placeholder", "aria-label", "aria-valuetext", "aria-description", "label"}
# Names of people and firms in examples, units and marks: the same in every language.
SAME_EVERYWHERE = re.compile(
    r"[Zz]anshin|Ayla Demir|Morning desk|https?|\?\w+=|Esc|Enter|1 l I 0 O|\bms\b|\bpx\b|CSV|[^A-Za-z]+"
)
LETTERS = re.compile(r"[A-Za-z]{2,}")


class BareWords(HTMLParser):
    """Collects words between tags and in the attributes that are read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.skipping = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "code", "svg"):
            self.skipping += 1
        self.found += [value or "" for name, value in attributes if name in READ_ALOUD]

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "code", "svg") and self.skipping:
            self.skipping -= 1

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            self.found.append(data)


def literal_text(app: Flask, path: Path) -> str:
    """A template's own text, every expression replaced by a mark without letters."""
    tree = app.jinja_env.parse(path.read_text(encoding="utf-8"))
    for block in tree.find_all(nodes.Block):
        if block.name == "styles":  # inside the <style> of the mail around it
            block.body = []
    parts = []
    for output in tree.find_all(nodes.Output):
        parts += [node.data if isinstance(node, nodes.TemplateData) else "§" for node in output.nodes]
    return "".join(parts)


def bare_words(text: str) -> Iterator[str]:
    parser = BareWords()
    parser.feed(text)
    for found in parser.found:
        if LETTERS.search(SAME_EVERYWHERE.sub(" ", found)):
            yield found.strip()


@pytest.mark.parametrize(
    "path", [path for path in TEMPLATES if path.suffix == ".html"], ids=lambda path: path.name
)
def test_no_template_holds_a_bare_word(app: Flask, path: Path) -> None:
    assert list(bare_words(literal_text(app, path))) == []


def test_the_check_sees_a_bare_word() -> None:
    assert list(bare_words("<p>Sign in</p>")) == ["Sign in"]
    assert list(bare_words('<a aria-label="Close" href="/x">§</a>')) == ["Close"]
    assert list(bare_words("<p>§ · 3</p>")) == []


def test_form_labels_can_be_translated(app: Flask) -> None:
    """Labels are made at import, so they must be lazy: a plain string would stay English for ever."""
    from flask_wtf import FlaskForm

    plain = []
    for form in FlaskForm.__subclasses__():
        for name, field in vars(form).items():
            label = getattr(field, "args", (None,))[0] if getattr(field, "args", None) else None
            if isinstance(label, str) and not isinstance(label, LazyString):
                plain.append(f"{form.__name__}.{name}")

    assert plain == []
