"""A real server, a real Chromium: pages opened by keyboard, without script, on a phone."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.browser.looking import DESKTOP, patient
from tests.browser.site import FLAGS, Site, chromium_path, running_site
from tests.faults.proxied import REPORT, proxied_site

NewPage = Callable[..., Page]
Start = Callable[..., AbstractContextManager[Site]]
HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)  # before those are left out that are not asked for
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever stands in this folder is run with Chromium, and once: no file has to say so."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def start_site() -> Start:
    """How a site is started in a folder: alone, or as two behind a proxy (tests/faults/behind_a_proxy.py)."""
    return proxied_site if REPORT in os.environ else running_site


@pytest.fixture(scope="session")
def site(start_site: Start, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site as `make run` starts it, in an empty folder."""
    with start_site(tmp_path_factory.mktemp("site"), "--demo") as running:
        yield running


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    # The proxy's certificate is one that nobody signed.
    flags = [*FLAGS, *(["--ignore-certificate-errors"] if REPORT in os.environ else [])]
    browser = playwright.chromium.launch(executable_path=chromium_path(), args=flags)
    yield browser
    browser.close()


def _note(failures: list[str], error: str) -> None:
    """Chromium says so itself, with script off too, when a slow page overtakes its own crossfade."""
    if "Transition was aborted" not in error:
        failures.append(f"a script failed: {error}")


@pytest.fixture
def new_page(chromium: Browser, site: Site) -> Iterator[NewPage]:
    """A function that opens a fresh browser context; keyword arguments go to Playwright's `new_context`."""
    contexts: list[BrowserContext] = []
    failures: list[str] = []

    def make(**options: object) -> Page:
        settings: dict[str, object] = {
            "viewport": DESKTOP,
            "base_url": site.url,
            "ignore_https_errors": REPORT in os.environ,  # for `page.request`, which is not Chromium's
            **options,
        }
        context = patient(chromium.new_context(**settings))  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: _note(failures, str(error)))
        page.on(
            "request",
            lambda request: None if request.url.startswith(site.url) else failures.append(request.url),
        )
        return page

    yield make
    for context in contexts:
        context.close()
    assert failures == [], "scripts failed, or something was asked of another host"
