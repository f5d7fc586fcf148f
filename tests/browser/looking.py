"""How a page is opened and looked at."""

from pathlib import Path

from axe_playwright_python import base as axe_package
from playwright.sync_api import BrowserContext, Locator, Page, ViewportSize, expect

from tests.browser.site import Site

AXE = (Path(axe_package.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# In forced colours the person's own palette decides: axe takes even its black on white for too little.
RUN = """async () => {
  const own = matchMedia('(forced-colors: active)').matches
  return (await axe.run({ rules: { 'color-contrast': { enabled: !own } } })).violations
}"""
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1360, "height": 860}
NARROW: ViewportSize = {"width": 320, "height": 640}
# Only a page that never comes is worth failing for: a machine with much to do may take its time.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)


def patient(context: BrowserContext) -> BrowserContext:
    """Let everything in this browser take as long as a busy machine needs."""
    context.set_default_timeout(PATIENCE)
    return context


def press(target: Locator) -> None:
    """Press a link or a button, and wait for the page that answers, even where its address stays the same."""
    with target.page.expect_navigation():
        target.click()


def sign_in(page: Page, site: Site, role: str) -> Page:
    """Sign in as one of the demo people by their one-time link: a page with one button, then the button."""
    page.goto(site.link_for(role))
    page.locator("main button").first.click()
    page.wait_for_url(f"{site.url}/")
    return page


def axe_findings(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands, one line a finding."""
    page.evaluate(AXE)
    found = page.evaluate(RUN)
    return [
        f"{item['id']}: {item['help']} → " + "; ".join(node["html"][:120] for node in item["nodes"][:3])
        for item in found
    ]


def scrolls_sideways(page: Page) -> bool:
    """Does the page itself need a sideways scroll? A table may have one of its own."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
