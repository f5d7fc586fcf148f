"""An admin imports people with nothing but a keyboard: looks, mends the file, writes it, exports."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.calls import press_until
from tests.browser.conftest import NewPage
from tests.browser.looking import sign_in
from tests.browser.site import Site

HEAD = "Name;E-Mail;Staff no;Team;Role\r\n"
GOOD = "Inés Roth;ines@example.invalid;;Morning desk;\r\nKofi Mensah;;D-118;Morning desk;learner\r\n"
LOOKED_AT = re.compile(r"/people/imports/\w{16}$")
BAD = "Zoë Berg;zoe@example;;Morning desk;\r\n"


def go(page: Page, role: str, name: str) -> None:
    """To a link or button, and press it."""
    press_until(page, page.locator("main").get_by_role(role, name=name).first)  # type: ignore[arg-type]  # a role's name
    page.keyboard.press("Enter")


def choose(page: Page, file: Path, *, script: bool) -> None:
    """The system's own dialogue opens at the keyboard; what it would choose is handed over.

    The driver sees the dialogue only where script runs.
    """
    press_until(page, page.get_by_label("CSV file"))
    if not script:
        page.get_by_label("CSV file").set_input_files(file)
        return
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(file)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_people_are_imported_and_exported_by_keyboard(
    new_page: NewPage, site: Site, tmp_path: Path, script: bool
) -> None:
    mark = "a" if script else "b"  # the site is shared: each run brings people of its own
    good = GOOD.replace("ines@", f"ines.{mark}@").replace("D-118", f"D-118{mark}")
    (wrong := tmp_path / "wrong.csv").write_bytes((HEAD + good + BAD).encode("cp1252"))
    (mended := tmp_path / "mended.csv").write_bytes((HEAD + good).encode("cp1252"))
    page = sign_in(new_page(java_script_enabled=script, accept_downloads=True), site, "admin")
    page.on("filechooser", lambda _: None)  # heard from now on: who asks at the key press may ask too late

    page.goto("/admin")
    go(page, "link", "People")
    page.wait_for_url("**/admin/people")
    go(page, "link", "Import")
    page.wait_for_url("**/imports/new")
    choose(page, wrong, script=script)
    go(page, "button", "Look at it")
    page.wait_for_url(LOOKED_AT)
    expect(page.locator("h1")).to_contain_text("1 thing to mend first.")
    expect(page.locator("main")).to_contain_text("Row 4 · “zoe@example” is not an e-mail address.")
    expect(page.locator("main")).to_contain_text("Windows-1252")

    go(page, "link", "Send the mended file")
    page.wait_for_url("**/imports/new*")
    choose(page, mended, script=script)
    go(page, "button", "Look at it")
    page.wait_for_url(LOOKED_AT)
    expect(page.locator("main")).to_contain_text("Inés Roth")
    go(page, "button", "Write all of it")
    page.wait_for_url("**/admin/people")
    expect(page.get_by_role("status").first).to_contain_text("Done: 2 people are new")

    press_until(page, page.get_by_role("link", name="Export CSV"))
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    rows = list(csv.reader(download.value.path().read_text(encoding="utf-8-sig").splitlines()))
    assert ["Inés Roth", f"ines.{mark}@example.invalid", "", "Morning desk", "learner"] in [
        row[:5] for row in rows
    ]
    assert ["Kofi Mensah", "", f"D-118{mark.upper()}", "Morning desk", "learner"] in [row[:5] for row in rows]
