"""A lead asks for a module, a joiner receives it, two people finish it; matrix, CSV and reminder agree."""

import csv
import re
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.browser.calls import best_replies, reply_number
from tests.browser.conftest import NewPage
from tests.browser.looking import sign_in
from tests.browser.site import Site
from training import create_app
from training.database import db
from training.mail.models import Message
from training.reminders.sending import write_reminders
from training.settings import read_settings

MODULE, CALL = "When everything is on fire", "outage-at-ten"
LESSONS = ("before-the-rush", "one-voice-in-a-crisis", "their-time-to-shine")
JOINER = "Noor Jansen"


def ask(lead: Page, due: date) -> None:
    lead.goto("/teams/morning-desk/assignments/new")
    lead.get_by_label("Module").select_option(label=MODULE)
    lead.get_by_label("Due on").fill(due.isoformat())
    lead.get_by_role("button", name="Ask for it").click()
    lead.wait_for_url("**/assignments")
    expect(lead.locator("main")).to_contain_text(f"{MODULE} everybody who learns here")


def join(lead: Page, joiner: Page) -> None:
    """By a link that the lead hands over: somebody without a mailbox."""
    lead.goto("/teams/morning-desk/invitations/new")
    lead.get_by_label("Name").fill(JOINER)
    lead.get_by_label("E-mail or staff number").fill("4711")
    lead.locator("main form button").click()
    link = lead.get_by_label("Address of the invitation").input_value()
    joiner.goto(link)
    joiner.get_by_label("Your name").fill(JOINER)
    joiner.get_by_label("New password").fill("larch denim damson avenue")
    joiner.get_by_role("button", name="Come in").click()
    joiner.wait_for_url(re.compile(r"/$"))


def finish(page: Page) -> None:
    page.goto("/modules")
    expect(page.locator("section[aria-labelledby=asked]")).to_contain_text(MODULE)
    for slug in LESSONS:
        page.goto(f"/tips/{slug}?reply=1")
        page.locator("#your-call form button").first.click()
        page.wait_for_selector("#your-call .verdict, #your-call .coach")
    page.goto(f"/scenarios/{CALL}")
    page.get_by_role("button", name="Take the check").click()
    page.wait_for_url(re.compile(r"/attempts/\w+"))
    for number, text in enumerate(best_replies(CALL), 1):
        page.wait_for_selector(f"input[name=step][value='{number}']", state="attached")
        page.locator("button.choice").nth(reply_number(page, text) - 1).click()
        page.wait_for_selector(f"input[name=step][value='{number}']", state="detached")
    expect(page.get_by_role("link", name="See the debrief")).to_be_visible()


def in_matrix(lead: Page) -> dict[str, str]:
    """What the table says of the module, by person."""
    lead.goto("/teams/morning-desk/progress")
    table = lead.locator("table").first
    column = table.locator("thead th").all_text_contents().index(MODULE)
    found = {}
    for row in table.locator("tbody tr").all():
        cells = row.locator("th, td").all_text_contents()
        found[cells[0].strip()] = cells[column].strip()
    return found


def in_sheet(lead: Page) -> dict[str, str]:
    body = lead.request.get("/teams/morning-desk/progress?format=csv").body()
    return {row["Name"]: row[MODULE] for row in csv.DictReader(body.decode("utf-8-sig").splitlines())}


def remind(site: Site, at: datetime) -> Counter[str]:
    """Do what the job does at that hour, twice; how many reminders each address has in the outbox."""
    app = create_app(read_settings(site.environ))
    with app.app_context():
        write_reminders(at, frozenset())
        write_reminders(at, frozenset())
        purpose = Message.dedupe_key.startswith("reminder:")
        found = Counter(str(one) for one in db.session().scalars(select(Message.to_address).where(purpose)))
        db.session.remove()
        db.engine.dispose()
    return found


def test_from_asking_to_done(new_page: NewPage, site: Site) -> None:
    lead = sign_in(new_page(), site, "lead")
    joiner, hire = new_page(), new_page()
    today = datetime.now(UTC).date()
    ask(lead, today + timedelta(days=2))
    join(lead, joiner)
    sign_in(hire, site, "new hire")
    for page in (joiner, hire):
        finish(page)

    matrix, sheet = in_matrix(lead), in_sheet(lead)
    assert set(matrix) == set(sheet)
    for name in (JOINER, "Teo Lindqvist"):
        assert matrix[name].startswith("Done")
        assert sheet[name].startswith("done 20")
    assert matrix["Freya Holm"].startswith("due")
    assert sheet["Freya Holm"] == "0 of 4"

    reminded = remind(site, datetime.combine(today + timedelta(days=1), time(12), UTC))
    assert reminded["freya@example.invalid"] == 1
    assert set(reminded.values()) == {1}
