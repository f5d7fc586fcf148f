"""Following every link of the site that somebody sees."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from tests.browsing import Browser


@dataclass
class PageRead:
    """What a page holds that a link may lead to, and where its own links lead."""

    ids: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    """Collects ids and addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.page = PageRead()

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if held.get("id"):
            self.page.ids.add(str(held["id"]))
        for name in ("href", "src"):
            if held.get(name):
                self.page.links.add(str(held[name]))


@dataclass
class Crawl:
    """Everything that one person reaches: pages by address, and what is wrong with a link."""

    pages: dict[str, PageRead] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)


class _Walk:
    """What is seen already and what is still to be opened, in the order in which it was met."""

    def __init__(self, browser: Browser, skip: str) -> None:
        self.base_url, self.skip = browser.base_url, skip
        self.seen: set[str] = set()
        self.waiting: deque[tuple[str, str]] = deque()
        self.fragments: list[tuple[str, str, str]] = []

    def note(self, link: str, page: str) -> None:
        """Open where `link` on `page` leads, if it is ours and was not met before."""
        whole, fragment = urldefrag(urljoin(self.base_url + page, link))
        parts = urlsplit(whole)
        address = parts.path + (f"?{parts.query}" if parts.query else "")
        if not whole.startswith(f"{self.base_url}/") or address.startswith("/t/"):
            return
        if fragment:
            self.fragments.append((page, address, fragment))
        if address not in self.seen and not (self.skip and self.skip in address):
            self.seen.add(address)
            self.waiting.append((address, page))


def crawl(browser: Browser, *starts: str, skip: str = "") -> Crawl:
    """Follow every link of our own, but those with `skip` in them.

    Addresses below `/t/` are secrets, to be used once: not those.
    """
    found, walk = Crawl(), _Walk(browser, skip)
    for start in starts:
        walk.note(start, "/")
    while walk.waiting:
        address, held_by = walk.waiting.popleft()
        reply = browser.ask("GET", address)
        if reply.status_code in (301, 302, 303):
            walk.note(str(reply.location), address)
        elif reply.status_code != 200:
            found.broken.append(f"{held_by} leads to {address}: {reply.status_code}")
        elif reply.mimetype == "text/html":
            found.bodies[address] = reply.get_data(as_text=True)
            found.pages[address] = read_page(found.bodies[address])
            for link in sorted(found.pages[address].links):
                walk.note(link, address)
    for held_by, address, fragment in walk.fragments:
        page = found.pages.get(address)
        if page is not None and fragment not in page.ids:
            found.broken.append(f"{held_by} leads to {address}#{fragment}, which is not there")
    return found


def read_page(body: str) -> PageRead:
    reader = _Reader()
    reader.feed(body)
    return reader.page
