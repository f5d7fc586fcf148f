"""A real server, a real Chromium: pages opened by keyboard, without script, on a phone."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.browser.looking import DESKTOP
from tests.browser.site import FLAGS, Site, chromium_path, running_site

NewPage = Callable[..., Page]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site as `make run` starts it, in an empty folder."""
    with running_site(tmp_path_factory.mktemp("site"), "--demo") as running:
        yield running


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def new_page(chromium: Browser, site: Site) -> Iterator[NewPage]:
    """A function that opens a fresh browser context; keyword arguments go to Playwright's `new_context`."""
    contexts: list[BrowserContext] = []
    failures: list[str] = []

    def make(**options: object) -> Page:
        settings: dict[str, object] = {"viewport": DESKTOP, "base_url": site.url, **options}
        context = chromium.new_context(**settings)  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: failures.append(f"a script failed: {error}"))
        page.on(
            "request",
            lambda request: None if request.url.startswith(site.url) else failures.append(request.url),
        )
        return page

    yield make
    for context in contexts:
        context.close()
    assert failures == [], "scripts failed, or something was asked of another host"
