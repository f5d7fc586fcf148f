"""Every route's page: nothing for axe to find in light or dark, no sideways scroll on the narrowest phone."""

import re

import pytest
from playwright.sync_api import FilePayload, Page

from tests.browser.conftest import NewPage
from tests.browser.looking import NARROW, axe_findings, press, scrolls_sideways, sign_in
from tests.browser.site import ROOT, Site
from training import create_app
from training.settings import Settings

PICTURE = ROOT / "content" / "media" / "interruptions.png"
# Endpoint → who opens it, and where. Every GET route of the site is here or in NO_PAGE.
PAGES: dict[str, tuple[str, str]] = {
    "accounts.sign_in": ("", "/sign-in"),
    "accounts.sign_in_sent": ("", "/sign-in/sent"),
    "accounts.sign_in_with_code": ("", "/sign-in/code"),
    "accounts.sign_in_forgotten": ("", "/sign-in/forgotten"),
    "accounts.sign_in_link": ("", "/t/sign-in/bent"),
    "accounts.reset": ("", "/t/reset/bent"),
    "accounts.invitation": ("", "/t/invitation/bent"),
    "accounts.email_link": ("", "/t/e-mail/bent"),
    "subscriptions.new": ("", "/subscriptions/new"),
    "subscriptions.sent": ("", "/subscriptions/sent"),
    "subscriptions.confirm": ("", "/t/tip-confirmation/bent"),
    "subscriptions.confirm_address": ("", "/t/tip-address/bent"),
    "subscriptions.stop_tips": ("", "/t/tip-stop/bent"),
    "tip_management.show": ("", "/t/tip-subscription/bent"),
    "tip_management.data": ("", "/t/tip-subscription/bent/data"),
    "mailed_tip.show": ("", "/t/tip/bent"),
    "mailed_return.show": ("", "/t/again/bent"),
    "weekly_tip.index": ("admin", "/studio/tips"),
    "own_tip.show": ("new hire", "/account/weekly-tip"),
    "accounts.index": ("new hire", "/account"),
    "accounts.name": ("new hire", "/account/name"),
    "accounts.email": ("new hire", "/account/e-mail"),
    "accounts.password": ("new hire", "/account/password"),
    "privacy.index": ("new hire", "/account/data"),
    "privacy.erase_myself": ("new hire", "/account/erasure"),
    "help.show_help": ("", "/help"),
    "tips.index": ("", "/tips"),
    "tips.show": ("new hire", "/tips/it-is-not-personal"),
    "discussion.show": ("new hire", "/tips/it-is-not-personal/discussion"),
    "discussion.feed": ("new hire", "/comments/feed"),
    "discussion.latest": ("admin", "/studio/discussion"),
    "skills.list_skills": ("new hire", "/skills"),
    "skills.show_skill": ("new hire", "/skills/redirect"),
    "today.index": ("new hire", "/"),
    "today.modules": ("new hire", "/modules"),
    "today.module": ("new hire", "/modules/first-week"),
    "scenarios.index": ("new hire", "/scenarios"),
    "phrases.index": ("new hire", "/phrases"),
    "scenarios.show": ("new hire", "/scenarios/the-attacking-customer"),
    "teams.index": ("lead", "/teams"),
    "teams.show": ("lead", "/teams/morning-desk"),
    "teams.edit_name": ("lead", "/teams/morning-desk/name"),
    "teams.edit_card": ("lead", "/teams/morning-desk/desk-card"),
    "teams.links": ("lead", "/teams/morning-desk/links"),
    "joining.join": ("", "/t/join/bent"),
    "teams.new_invitation": ("lead", "/teams/morning-desk/invitations/new"),
    "huddles.index": ("lead", "/teams/morning-desk/huddles"),
    "huddle_room.join": ("", "/huddle"),
    "assignments.index": ("lead", "/teams/morning-desk/assignments"),
    "assignments.new": ("lead", "/teams/morning-desk/assignments/new"),
    "reports.skills": ("lead", "/teams/morning-desk/skills"),
    "all_teams.every_team": ("lead", "/progress"),
    "reminders.edit_clock": ("lead", "/teams/morning-desk/clock"),
    "reports.progress": ("lead", "/teams/morning-desk/progress"),
    "authoring.index": ("admin", "/studio"),
    "authoring.problem": ("admin", "/studio/problems/S201"),
    "drafts.new": ("admin", "/studio/drafts/new"),
    "studio_media.index": ("admin", "/studio/media"),
    "drafts.new_copy": ("admin", "/studio/drafts/new/copy"),
    "drafts.new_file": ("admin", "/studio/drafts/new/file"),
    "drafts.new_ideal_call": ("admin", "/studio/drafts/new/ideal-call"),
    "history.published_ideal_call": (
        "admin",
        "/studio/history/scenario/the-attacking-customer/ideal-call",
    ),
    "history.show": ("admin", "/studio/history/scenario/the-attacking-customer"),
    "history.compare": ("admin", "/studio/history/scenario/the-attacking-customer/comparison"),
    "history.withdrawal": ("admin", "/studio/history/scenario/the-attacking-customer/withdrawal"),
    "inbox.index": ("admin", "/studio/inbox"),
    "stories.new": ("new hire", "/stories/new"),
    "hindsight.show": ("admin", "/studio/calls/the-attacking-customer"),
    "teams.new": ("admin", "/teams/new"),
    "teams.new_membership": ("admin", "/teams/morning-desk/memberships/new"),
    "admin.index": ("admin", "/admin"),
    "admin.proof": ("admin", "/admin/proof?next=/nowhere"),
    "admin.people": ("admin", "/admin/people"),
    "admin.new_import": ("admin", "/admin/people/imports/new"),
    "admin.teams": ("admin", "/admin/teams"),
    "admin.archiving": ("admin", "/admin/teams/morning-desk/archiving"),
    "admin.audit_log": ("admin", "/admin/audit"),
    "deliveries.index": ("admin", "/studio/deliveries"),
    "deliveries.log": ("admin", "/admin/mail"),
    "admin.settings": ("admin", "/admin/settings"),
    "parts.index": ("", "/parts"),
}
# Reached by pressing, below and in test_every_state.py; or no page at all.
BY_HAND = {
    "remarks.new",
    "rechecks.show",
    "returns.show",
    "deliveries.show",
    "discussion.edit",
    "attempts.show",
    "attempts.debrief",
    "attempts.other_side",
    "reports.person",
    "assignments.edit_due_date",
    "assignments.new_extension",
    "assignments.new_check",
    "reminders.new_nudge",
    "teams.removal",
    "privacy.erase_somebody",
    "admin.person",
    "huddles.show",
    "certificates.show",
    "certificates.sheet",
    "huddles.sheet",
    "huddles.screen",
    "huddle_room.show",
    "admin.show_import",
    "drafts.show",
    "drafts.cards",
    "drafts.removal",
    "studio_media.removal",
    "drafts.saves",
    "drafts.one_save",
    "drafts.play",
    "drafts.proof",
    "drafts.publication",
    "drafts.ideal_call",
}
NO_PAGE = {
    "hindsight.export",
    "admin.export_people",
    "weekly_tip.mail",
    "privacy.download",
    "assets.show",
    "faces.show",
    "tips.atom",
    "tips.rss",
    "discussion.find",
    "discussion.read",
    "media.show",
    "health.healthz",
    "health.readyz",
    "huddle_room.votes",
}
SCHEMES: list[str] = ["light", "dark"]


def problems_of(page: Page, name: str) -> list[str]:
    found = [f"{name}: {finding}" for finding in axe_findings(page)]
    if page.viewport_size == NARROW and scrolls_sideways(page):
        found.append(f"{name}: scrolls sideways at 320 px")
    return found


def test_every_get_route_is_looked_at(tmp_path_factory: pytest.TempPathFactory) -> None:
    settings = Settings(instance=tmp_path_factory.mktemp("routes"), secret_key="x" * 40, development=True)
    rules = create_app(settings).url_map.iter_rules()
    there = {rule.endpoint for rule in rules if "GET" in (rule.methods or ())}

    assert there == set(PAGES) | BY_HAND | NO_PAGE


@pytest.mark.parametrize("role", ["", "new hire", "lead", "admin"])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing(new_page: NewPage, site: Site, role: str, scheme: str) -> None:
    viewport = NARROW if scheme == "light" else {"width": 1360, "height": 860}
    page = new_page(color_scheme=scheme, viewport=viewport, reduced_motion="reduce")
    if role:
        sign_in(page, site, role)
    found = []
    for who, path in PAGES.values():
        if who == role:
            page.goto(path)
            found += problems_of(page, path)

    assert found == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_on_a_decision_that_came_back(new_page: NewPage, site: Site, scheme: str) -> None:
    page = new_page(color_scheme=scheme, viewport=NARROW, reduced_motion="reduce")
    sign_in(page, site, "new hire")
    page.goto("/")
    page.locator("a[href^='/again/']").first.click()
    page.wait_for_url("**/again/*")
    found = problems_of(page, "a decision that came back")
    page.locator("a.choice").first.click()
    page.wait_for_url("**reply=1**")
    found += problems_of(page, "a reply picked to it")

    assert found == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_on_a_person_s_pages(new_page: NewPage, site: Site, scheme: str) -> None:
    page = new_page(color_scheme=scheme, viewport=NARROW, reduced_motion="reduce")
    sign_in(page, site, "lead")
    page.goto("/teams/morning-desk/progress")
    page.get_by_role("link", name="Ibrahim Saleh").first.click()
    page.wait_for_url("**/people/**")
    found = problems_of(page, "a person's checks")
    person = page.url.rstrip("/")
    for link in ("Extend", "Allow a new check"):
        page.goto(person)
        page.get_by_role("link", name=link).first.click()
        page.wait_for_url("**/assignments/**")
        found += problems_of(page, link)
    page.goto(person + "/nudges/new")
    found += problems_of(page, "a word to somebody")
    page.goto(f"{site.url}/teams/morning-desk/assignments")
    page.get_by_role("link", name="Move the date").first.click()
    page.wait_for_url("**/due-date")
    found += problems_of(page, "moving a date")
    page.goto(person + "/removal")
    found += problems_of(page, "letting a person go")

    assert found == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_on_an_admin_s_pages(new_page: NewPage, site: Site, scheme: str) -> None:
    page = new_page(color_scheme=scheme, viewport=NARROW, reduced_motion="reduce")
    sign_in(page, site, "admin")
    page.goto("/admin/people?q=ayla")
    page.get_by_role("link", name="Ayla Demir").click()
    page.wait_for_url("**/admin/people/*")
    found = problems_of(page, "a person's account")
    rows = "name,e-mail,team\nIbo Saleh,ibrahim@example.invalid,\nZed,zed@example.invalid,\n"
    for text, name in ((rows, "what a file would do"), (rows + "Nobody,nobody,\n", "what is to mend in it")):
        page.goto("/admin/people/imports/new")
        file: FilePayload = {"name": "people.csv", "mimeType": "text/csv", "buffer": text.encode()}
        page.get_by_label("CSV file").set_input_files(file)
        page.get_by_role("button", name="Look at it").click()
        page.wait_for_url(re.compile(r"/imports/\w{16}"))
        found += problems_of(page, name)

    assert found == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_in_the_studio(new_page: NewPage, site: Site, scheme: str) -> None:
    viewport = NARROW if scheme == "light" else {"width": 1360, "height": 860}
    page = new_page(color_scheme=scheme, viewport=viewport, reduced_motion="reduce")
    sign_in(page, site, "trainer")
    page.goto("/studio")
    page.get_by_role("button", name="Write The attacking customer").click()
    page.wait_for_url("**/studio/drafts/*")
    address = page.url
    found = problems_of(page, "a call being written")
    cards = ("/cards", "/cards?scene=on-the-pavement", "/cards/removal?scene=at-the-desk&reply=1")
    for path in (*cards, "/saves", "/saves/1", "/play", "/proof", "/ideal-call", "/publication"):
        page.goto(address + path)
        found += problems_of(page, path)
    page.goto("/studio/media")
    picture: FilePayload = {"name": "card.png", "mimeType": "image/png", "buffer": PICTURE.read_bytes()}
    page.get_by_label("A picture").set_input_files(picture)
    page.get_by_role("button", name="Send the picture").click()
    press(page.get_by_role("link", name="Remove card.png"))
    found += problems_of(page, "a picture that could go")
    page.goto("/studio/media")

    assert found == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_while_people_talk_about_a_tip(new_page: NewPage, site: Site, scheme: str) -> None:
    page = new_page(color_scheme=scheme, viewport=NARROW, reduced_motion="reduce")
    sign_in(page, site, "new hire")
    page.goto("/tips/it-is-not-personal/discussion")
    press(page.get_by_role("link", name="Reply").first)
    found = problems_of(page, "the form of a reply")
    page.locator("textarea").fill("https://example.org/" + "x" * 90)
    page.get_by_role("button", name="Post the reply").click()
    page.wait_for_url("**/discussion#comment-*")
    found += problems_of(page, "a long address in a comment")
    press(page.get_by_role("link", name="Change or take back").first)
    found += problems_of(page, "what one said")
    page.goto("/comments/feed")
    press(page.get_by_role("button", name=re.compile("Make")))
    found += problems_of(page, "one's own address of a feed")

    assert found == []
