"""Content is not trusted: nothing hostile survives, and nothing costs more than the child that reads it."""

import html5lib
import pytest

from tests.rendering.payloads import PAYLOADS
from training.rendering import Form, Piece, RenderingError, batch, render

PHRASING = {"a", "br", "code", "del", "dfn", "em", "i", "span", "strong", "sub", "sup"}
TABLES = {"table", "tbody", "td", "th", "thead", "tr"}
TAGS = (
    PHRASING
    | TABLES
    | {
        *(
            "aside",
            "blockquote",
            "dd",
            "div",
            "dl",
            "dt",
            "figure",
            "footer",
            "h2",
            "h3",
            "h4",
            "hr",
            "li",
            "ol",
        ),
        *("p", "pre", "section", "ul", "html", "head", "body"),
    }
)
ATTRIBUTES = {"class", "id", "lang", "href", "start", "scope", "tabindex"}


def wrong_with(html: str) -> list[str]:
    """Judged by another parser and another list than the ones that made it."""
    problems = []
    for element in html5lib.parse(html, namespaceHTMLElements=False).iter():
        if element.tag not in TAGS:
            problems.append(f"the element {element.tag}")
        for name, value in element.items():
            if name not in ATTRIBUTES:
                problems.append(f"the attribute {name}")
            if name == "id" and not value.startswith("c-"):
                problems.append(f"the id {value}")
            if name == "class" and {"cloth", "button"} & set(value.split()):
                problems.append(f"the class {value}")
            if name == "href" and not _leads_somewhere_safe(value):
                problems.append(f"the address {value!r}")
    return problems


def _leads_somewhere_safe(address: str) -> bool:
    if address.startswith(("https://", "mailto:", "#")):
        return "\n" not in address and "\\" not in address
    return address.startswith("/") and not address.startswith(("//", "/\\")) and ":" not in address


@pytest.mark.parametrize("form", list(Form))
def test_no_payload_survives(form: Form) -> None:
    assert len(PAYLOADS) > 250

    rendered = render([Piece(payload, form, "lessons") for payload in PAYLOADS])

    found = {payload: wrong_with(html) for payload, html in zip(PAYLOADS, rendered, strict=True)}
    assert {payload: problems for payload, problems in found.items() if problems} == {}


@pytest.mark.parametrize(
    "text",
    ["[" * 8192, "![" * 4096, "- " * 4000 + "x", "[x](" * 8000, "x" * 70_000],
    ids=["brackets", "pictures", "nested lists", "open links", "too long"],
)
def test_a_text_that_costs_too_much_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(RenderingError) as refused:
        render([Piece("a good one"), Piece(text)])

    assert 0 not in refused.value.failed
    assert refused.value.failed[1].startswith("it")


@pytest.mark.parametrize(
    "text", [">" * 3000 + " x", "*" * 8000, "`" * 9000, "_a " * 4000, "<" * 8000, "&" * 8000]
)
def test_a_strange_text_that_costs_little_is_rendered(text: str) -> None:
    (html,) = render([Piece(text)])

    assert wrong_with(html) == []


def test_a_text_that_would_fill_the_memory_ends_the_child_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    greedy = batch.START.replace("main()", "limit_this_process(); bytearray(1 << 30)")
    monkeypatch.setattr(batch, "START", greedy.replace("import main", "import limit_this_process"))

    with pytest.raises(RenderingError, match="memory"):
        render([Piece("x")])
