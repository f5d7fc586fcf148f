"""Comments are plain text: nothing in one runs, and only https addresses lead somewhere."""

from collections.abc import Callable

import html5lib
import pytest

from tests.browsing import Browser
from tests.library.discussion.conftest import TALK
from tests.rendering.payloads import PAYLOADS
from training.database import transaction
from training.library.discussion.linking import as_html
from training.library.discussion.models import Comment
from training.library.discussion.threads import PAGE
from training.library.models import Kind
from training.library.queries import find_published


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("See https://example.org.", ["https://example.org"]),
        ("(https://example.org/a)", ["https://example.org/a"]),
        ("https://example.org/a_(b), and", ["https://example.org/a_(b)"]),
        ("https://example.org/?a=1&b=2", ["https://example.org/?a=1&b=2"]),
        ("https://a.example https://b.example", ["https://a.example", "https://b.example"]),
        ('"https://example.org"', ["https://example.org"]),
        ("http://example.org", []),
        ("javascript:alert(1)", []),
        ("https://", []),
        ("https://...", []),
        ("www.example.org", []),
    ],
)
def test_https_addresses_are_links_and_the_sentence_around_them_is_not(
    text: str, addresses: list[str]
) -> None:
    tree = html5lib.parse(as_html(text), namespaceHTMLElements=False)

    assert [link.get("href") for link in tree.iter("a")] == addresses
    assert {link.get("rel") for link in tree.iter("a")} <= {"nofollow noopener ugc"}
    assert "".join(tree.itertext()).strip() == text


@pytest.mark.parametrize("before", ["", "https://example.org/"])
def test_nothing_hostile_comes_out_of_a_comment(before: str) -> None:
    for payload in PAYLOADS:
        tree = html5lib.parse(as_html(before + payload), namespaceHTMLElements=False)
        for element in tree.iter():
            assert element.tag in {"html", "head", "body", "p", "br", "a"}, payload
            assert set(element.keys()) <= {"href", "rel"}, payload
            assert str(element.get("href", "https://")).startswith("https://"), payload


def test_nothing_of_a_page_full_of_hostile_comments_runs(who: Callable[[str], Browser]) -> None:
    ana = who("ana")
    with transaction() as session:
        tip = find_published(session, Kind.LESSON, "it-is-not-personal")
        hostile = [one for one in PAYLOADS if one.isprintable()]
        session.add_all(Comment(item_id=tip.item_id, text=one) for one in hostile)

    for page in range(1, len(hostile) // PAGE + 2):
        reply = ana.ask("GET", f"{TALK}?page={page}")
        assert reply.status_code == 200
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        for element in parser.parse(reply.text).iter():
            assert element.tag not in {
                "iframe",
                "object",
                "embed",
                "base",
                "style",
                "img",
                "math",
                "template",
            }
            assert element.tag != "script" or str(element.get("src")).startswith("/")
            assert not [name for name, _value in element.items() if name == "style" or name[:2] == "on"]
            assert str(element.get("href", "/")).startswith(("/", "#", "https://"))
        assert parser.errors == []
