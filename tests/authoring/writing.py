"""What a trainer does in a draft, and what a page says of it."""

import html
import re
from pathlib import Path

from werkzeug.test import TestResponse

from tests.browsing import Browser

CONTENT = Path(__file__).resolve().parents[2] / "content"
CALL = "the-attacking-customer"


def source_of(kind: str, slug: str) -> str:
    """The shipped file's text."""
    return (CONTENT / f"{kind}s" / f"{slug}.md").read_bytes().decode()


def text_in(page: TestResponse) -> str:
    """What the page's field holds, as a browser would have it."""
    found = re.search(r"<textarea[^>]*name=\"text\"[^>]*>\n(.*?)</textarea>", page.text, re.DOTALL)
    assert found is not None
    return html.unescape(found[1])


def version_in(page: TestResponse) -> int:
    found = re.search(r'name="version" value="(\d+)"', page.text)
    assert found is not None
    return int(found[1])


def save(browser: Browser, address: str, text: str, version: int, **more: str) -> TestResponse:
    """Send the form as a browser does: its line ends are CR LF."""
    sent = text.replace("\r\n", "\n").replace("\n", "\r\n")
    return browser.post(f"{address}/saves", {"text": sent, "version": version, **more})


def rewrite(browser: Browser, address: str, old: str, new: str) -> TestResponse:
    """Change a few words of the newest version and save."""
    page = browser.get(address)
    text = text_in(page)
    assert old in text
    return save(browser, address, text.replace(old, new, 1), version_in(page))
