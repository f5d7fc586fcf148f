"""Pictures of every page, for people to look at: phone and desktop, light and dark.

python -m tests.browser.pictures FOLDER [form…] [name…]

Every address of the site, then every state of a call (tour.py). Names, and forms as phone-dark, choose
some of them. `index.html` in the folder shows them side by side.
"""

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, FilePayload, Page, sync_playwright

from tests.browser import test_every_page as addresses
from tests.browser.looking import DESKTOP, PHONE, patient, press, sign_in
from tests.browser.site import FLAGS, Site, chromium_path, running_site
from tests.browser.tour import tour

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
            press(page.get_by_role("link", name=name).first)

    return visit


def first_of(path: str, selector: str) -> Visit:
    """Open an address, and follow the first link that a selector finds."""

    def visit(page: Page) -> None:
        page.goto(path)
        press(page.locator(selector).first)

    return visit


# Pages worth a name, and those reached by pressing. Every other address is named by its endpoint.
def after_sending(text: str) -> Visit:
    """What a file of people would do."""

    def visit(page: Page) -> None:
        page.goto("/admin/people/imports/new")
        file: FilePayload = {"name": "people.csv", "mimeType": "text/csv", "buffer": text.encode()}
        page.get_by_label("CSV file").set_input_files(file)
        press(page.get_by_role("button", name="Look at it"))

    return visit


def found(name: str) -> Visit:
    """Somebody's account."""

    def visit(page: Page) -> None:
        page.goto(f"/admin/people?q={name}")
        press(page.locator("main .rows a").first)

    return visit


def in_a_draft(path: str) -> Visit:
    """A page of the draft of a call."""

    def visit(page: Page) -> None:
        page.goto("/studio")
        page.get_by_role("button", name="Write The attacking customer").click()
        page.wait_for_url("**/studio/drafts/*")
        if path:
            page.goto(page.url.split("?")[0] + path)
        page.wait_for_load_state("networkidle")

    return visit


GOOD_FILE = """name,e-mail,staff number,team,role,phone
Ines Roth,ines@example.invalid,,Morning desk,,1
Kofi Mensah,,D-118,Morning desk,lead,2
Ibo Saleh,ibrahim@example.invalid,,,,3
"""
BAD_FILE = (
    GOOD_FILE
    + """Zoë Berg,zoe@example,,,,
Zoë Berg,zoe@example.invalid,,Late desk,,
Ayla Demir,"ayla@example.invalid, b@example.invalid",,,,
"""
)
PAGES: list[tuple[str, str, Visit]] = [
    ("", "sign-in", at("/sign-in")),
    ("", "tips-visitor", at("/tips")),
    ("", "tip-subscribe", at("/subscriptions/new")),
    ("", "not-found", at("/no-such-page")),
    ("new hire", "today", at("/")),
    ("new hire", "came-back", first_of("/", "a[href^='/again/']")),
    ("new hire", "tips", at("/tips")),
    ("new hire", "lesson", at("/tips/seeing-it-coming")),
    ("new hire", "lesson-reply", at("/tips/seeing-it-coming?reply=1")),
    ("new hire", "discussion", at("/tips/it-is-not-personal/discussion")),
    ("new hire", "comments-feed", at("/comments/feed")),
    ("new hire", "skills", at("/skills")),
    ("new hire", "skill", at("/skills/redirect")),
    ("new hire", "module", at("/modules/first-week")),
    ("new hire", "account", at("/account")),
    ("new hire", "own-tip", at("/account/weekly-tip")),
    ("new hire", "help", at("/help")),
    ("new hire", "parts", at("/parts")),
    ("admin", "studio-tips", at("/studio/tips")),
    ("admin", "mail-light", at("/studio/tips/seeing-it-coming/mail/light")),
    ("admin", "mail-dark", at("/studio/tips/seeing-it-coming/mail/dark")),
    ("trainer", "editor", in_a_draft("")),
    ("trainer", "cards", in_a_draft("/cards")),
    ("trainer", "cards-ending", in_a_draft("/cards?scene=on-the-pavement")),
    ("trainer", "cards-removal", in_a_draft("/cards/removal?scene=at-the-desk&reply=2")),
    ("trainer", "proof", in_a_draft("/proof")),
    ("trainer", "publication", in_a_draft("/publication")),
    ("trainer", "said-lately", at("/studio/discussion")),
    ("lead", "teams", at("/teams")),
    ("lead", "team", at("/teams/morning-desk")),
    ("lead", "huddles", at("/teams/morning-desk/huddles")),
    ("", "huddle-join", at("/huddle")),
    ("lead", "progress", at("/teams/morning-desk/progress")),
    ("lead", "assign", at("/teams/morning-desk/assignments/new")),
    ("lead", "links", at("/teams/morning-desk/links")),
    ("admin", "admin", at("/admin")),
    ("admin", "admin-people", at("/admin/people")),
    ("admin", "admin-person", found("teo")),
    ("admin", "admin-new-import", at("/admin/people/imports/new")),
    ("admin", "admin-import", after_sending(GOOD_FILE)),
    ("admin", "admin-mend", after_sending(BAD_FILE)),
    ("admin", "admin-teams", at("/admin/teams")),
    ("admin", "admin-audit", at("/admin/audit")),
    ("admin", "admin-settings", at("/admin/settings")),
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


FORMS: dict[str, dict[str, object]] = {
    f"{width}-{scheme}": {"viewport": viewport, "color_scheme": scheme, "reduced_motion": "reduce"}
    for width, viewport in (("desktop", DESKTOP), ("phone", PHONE))
    for scheme in ("light", "dark")
}


def every_page() -> list[tuple[str, str, Visit]]:
    """The named pages, then every other address that a page of the site has."""
    others = [
        (role, endpoint.replace(".", "-"), at(path)) for endpoint, (role, path) in addresses.PAGES.items()
    ]
    return [*PAGES, *others]


def shoot(browser: Browser, site: Site, folder: Path, form: str, wanted: list[str]) -> None:
    """The wanted pages in one form; without a wish, all. States of a call cost a walk past all of them."""
    pages: dict[str, Page] = {}

    def page_of(role: str) -> Page:
        if role not in pages:
            context = patient(browser.new_context(base_url=site.url, **FORMS[form]))  # type: ignore[arg-type]
            pages[role] = context.new_page()
            if role:
                sign_in(pages[role], site, role)
        return pages[role]

    def take(name: str, page: Page) -> None:
        # A call fills the screen and scrolls within; its picture is what one sees.
        page.screenshot(path=str(folder / f"{name}-{form}.png"), full_page=not name.startswith("call"))
        print(f"{name}-{form}", flush=True)

    for role, name, visit in every_page():
        if not wanted or name in wanted:
            visit(page_of(role))
            take(name, page_of(role))
    if wanted and all(name in {page for _role, page, _visit in every_page()} for name in wanted):
        return
    for name, page in tour(page_of):
        if not wanted or name in wanted:
            take(name, page)


def _cell(folder: Path, name: str, form: str) -> str:
    file = f"{name}-{form}.png"
    if not (folder / file).exists():
        return "<td></td>"
    return f'<td><a href="{file}"><img loading="lazy" src="{file}" alt="{name}, {form}"></a></td>'


def contact_sheet(folder: Path) -> None:
    """`index.html`: all the pictures in the folder, a row a page, to look at them side by side."""
    names = sorted(
        {path.stem.removesuffix(f"-{form}") for form in FORMS for path in folder.glob(f"*-{form}.png")}
    )
    rows = [
        f'<tr><th id="{name}">{name}</th>{"".join(_cell(folder, name, form) for form in FORMS)}</tr>'
        for name in names
    ]
    head = "".join(f"<th>{form}</th>" for form in FORMS)
    style = "body{font:16px system-ui}img{width:100%}td{vertical-align:top;width:24%}th{text-align:start}"
    (folder / "index.html").write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Pictures</title><style>{style}</style>'
        f"<table><tr><th></th>{head}</tr>{''.join(rows)}</table>",
        encoding="utf-8",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the pictures go; made where it is missing")
    parser.add_argument("chosen", nargs="*", metavar="form|name", help=f"of {', '.join(FORMS)}, or names")
    given = parser.parse_args()
    folder, chosen = given.folder, given.chosen
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as data,
        running_site(Path(data), "--demo") as site,
        sync_playwright() as running,
    ):
        browser = running.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        wanted = [word for word in chosen if word not in FORMS]
        for form in [form for form in FORMS if form in chosen] or FORMS:
            shoot(browser, site, folder, form, wanted)
    contact_sheet(folder)


if __name__ == "__main__":
    main()
