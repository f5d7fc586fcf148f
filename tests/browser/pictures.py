"""Pictures of every page, for people to look at: phone and desktop, light and dark.

python -m tests.browser.pictures FOLDER [name…]
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.looking import DESKTOP, PHONE, sign_in
from tests.browser.site import FLAGS, Site, chromium_path, running_site

Visit = Callable[[Page], None]


def at(path: str) -> Visit:
    """Open an address."""

    def visit(page: Page) -> None:
        page.goto(path)

    return visit


def by_link(path: str, *names: str) -> Visit:
    """Open an address, and follow the first link of each of these names in turn."""

    def visit(page: Page) -> None:
        page.goto(path)
        for name in names:
            page.get_by_role("link", name=name).first.click()
            page.wait_for_load_state()

    return visit


def say_first(page: Page) -> bool:
    """Give the first reply shown, past a coach's note where there is one; False when the call is over."""
    carry_on = page.get_by_role("link", name="Carry on")
    if carry_on.count():
        carry_on.click()
        page.wait_for_selector("button.choice")
    if not page.locator("button.choice").count():
        return False
    page.locator("button.choice").first.click()
    page.wait_for_timeout(700)  # the swap of the page, and a face changing its mind
    return True


def in_call(slug: str, replies: int) -> Visit:
    """A practice call after so many first replies."""

    def visit(page: Page) -> None:
        page.goto(f"/scenarios/{slug}")
        # An open call goes on where it was; otherwise the first button begins one.
        page.locator("a.button[href^='/attempts/'], form[action$='/attempts'] button").first.click()
        page.wait_for_url("**/attempts/**")
        for _ in range(replies):
            say_first(page)

    return visit


def to_the_end(slug: str) -> Visit:
    """A whole practice call, by first replies, then its debrief."""

    def visit(page: Page) -> None:
        in_call(slug, 0)(page)
        while say_first(page):
            pass
        page.get_by_role("link", name="See the debrief").click()
        page.wait_for_url("**/debrief")

    return visit


PAGES: list[tuple[str, str, Visit]] = [
    ("", "sign-in", at("/sign-in")),
    ("", "tips-visitor", at("/tips")),
    ("", "tip-subscribe", at("/subscriptions/new")),
    ("", "not-found", at("/no-such-page")),
    ("new hire", "today", at("/")),
    ("new hire", "tips", at("/tips")),
    ("new hire", "lesson", at("/tips/seeing-it-coming")),
    ("new hire", "lesson-reply", at("/tips/seeing-it-coming?reply=1")),
    ("new hire", "discussion", at("/tips/it-is-not-personal/discussion")),
    ("new hire", "comments-feed", at("/comments/feed")),
    ("new hire", "skills", at("/skills")),
    ("new hire", "skill", at("/skills/redirect")),
    ("new hire", "module", at("/modules/first-week")),
    ("new hire", "practice", at("/scenarios")),
    ("new hire", "door", at("/scenarios/the-attacking-customer")),
    ("new hire", "call", in_call("the-attacking-customer", 0)),
    ("new hire", "call-after", in_call("the-attacking-customer", 1)),
    ("new hire", "debrief", to_the_end("the-attacking-customer")),
    ("new hire", "account", at("/account")),
    ("new hire", "own-tip", at("/account/weekly-tip")),
    ("new hire", "help", at("/help")),
    ("new hire", "parts", at("/parts")),
    ("admin", "studio-tips", at("/studio/tips")),
    ("trainer", "said-lately", at("/studio/discussion")),
    ("lead", "teams", at("/teams")),
    ("lead", "team", at("/teams/morning-desk")),
    ("lead", "progress", at("/teams/morning-desk/progress")),
    ("lead", "assign", at("/teams/morning-desk/assignments/new")),
    ("lead", "assignments", at("/teams/morning-desk/assignments")),
    ("lead", "due-date", by_link("/teams/morning-desk/assignments", "Move the date")),
    ("lead", "person", by_link("/teams/morning-desk/progress", "Ibrahim Saleh")),
    ("lead", "nudge", by_link("/teams/morning-desk/progress", "Nudge")),
    ("lead", "team-skills", at("/teams/morning-desk/skills")),
    ("lead", "all-teams", at("/progress")),
    ("admin", "all-teams-admin", at("/progress")),
    ("lead", "clock", at("/teams/morning-desk/clock")),
    ("lead", "extension", by_link("/teams/morning-desk/progress", "Ibrahim Saleh", "Extend")),
    ("lead", "new-check", by_link("/teams/morning-desk/progress", "Ibrahim Saleh", "Allow a new check")),
]


def forms() -> Iterator[tuple[str, dict[str, object]]]:
    for width, viewport in (("desktop", DESKTOP), ("phone", PHONE)):
        for scheme in ("light", "dark"):
            yield (
                f"{width}-{scheme}",
                {"viewport": viewport, "color_scheme": scheme, "reduced_motion": "reduce"},
            )


def shoot(browser: Browser, site: Site, folder: Path, wanted: list[str]) -> None:
    for form, options in forms():
        pages: dict[str, Page] = {}
        for role, name, visit in PAGES:
            if wanted and name not in wanted:
                continue
            if role not in pages:
                context = browser.new_context(base_url=site.url, **options)  # type: ignore[arg-type]
                pages[role] = context.new_page()
                if role:
                    sign_in(pages[role], site, role)
            visit(pages[role])
            pages[role].screenshot(path=str(folder / f"{name}-{form}.png"), full_page=name not in ("call",))
            print(f"{name}-{form}", flush=True)


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as data,
        running_site(Path(data), "--demo") as site,
        sync_playwright() as running,
    ):
        browser = running.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        shoot(browser, site, folder, sys.argv[2:])


if __name__ == "__main__":
    main()
