"""Nobody ever meets a dead link: the site with its content and people, crawled by each of them."""

import pytest

from tests.crawl.conftest import ROLES, CrawlAs

# What each of them surely reaches: a crawl that stops at the door finds nothing wrong.
REACHED = {
    "visitor": {"/tips", "/tips/seeing-it-coming", "/sign-in", "/help"},
    "new hire": {"/", "/skills/redirect", "/modules/first-week", "/scenarios/the-phone-rings", "/account"},
    "lead": {"/teams/morning-desk/progress", "/teams/morning-desk/desk-card"},
    "trainer": {"/studio"},
    "admin": {"/teams/new"},
}


@pytest.mark.parametrize("role", ROLES)
def test_every_link_leads_somewhere(crawled: CrawlAs, role: str) -> None:
    found = crawled(role)

    assert found.broken == []
    assert REACHED[role] <= set(found.pages)
