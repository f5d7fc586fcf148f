"""axe finds nothing in any state of a call or around it: light at 320 px, dark, forced colours."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NewPage
from tests.browser.looking import DESKTOP, NARROW, axe_findings, scrolls_sideways, sign_in
from tests.browser.site import Site
from tests.browser.tour import tour

FORMS: dict[str, dict[str, object]] = {
    "light, 320 px": {"color_scheme": "light", "viewport": NARROW},
    "dark": {"color_scheme": "dark", "viewport": DESKTOP},
    "forced colours": {"forced_colors": "active", "viewport": DESKTOP},
}


@pytest.mark.parametrize("form", FORMS)
def test_axe_finds_nothing_in_any_state(new_page: NewPage, site: Site, form: str) -> None:
    pages: dict[str, Page] = {}

    def page_of(role: str) -> Page:
        if role not in pages:
            pages[role] = sign_in(new_page(**FORMS[form], reduced_motion="reduce"), site, role)
        return pages[role]

    found, stops = [], []
    for name, page in tour(page_of):
        stops.append(name)
        found += [f"{name}: {finding}" for finding in axe_findings(page)]
        if page.viewport_size == NARROW and scrolls_sideways(page):
            found.append(f"{name}: scrolls sideways at 320 px")

    assert found == []
    assert len(stops) >= 30
