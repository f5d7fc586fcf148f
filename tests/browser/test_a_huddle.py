"""A huddle in a real room: five phones, a projector, a sheet of paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.calls import press_until
from tests.browser.conftest import NewPage
from tests.browser.looking import NARROW, axe_findings, press, scrolls_sideways, sign_in
from tests.browser.site import Site

PROJECTOR = {"width": 1280, "height": 720}


def begin(page: Page, about: str = "") -> str:
    """Hold a huddle as the lead; returns its address."""
    page.goto("/teams/morning-desk")
    start = re.compile("Hold a huddle|Go on with the huddle")
    page.get_by_role("button", name=start).or_(page.get_by_role("link", name=start)).click()
    page.wait_for_url("**/huddles/*")
    if about:
        press(page.get_by_role("button", name=about))
    return page.url


def problems(page: Page, what: str) -> list[str]:
    found = [f"{what}: {finding}" for finding in axe_findings(page)]
    return found + ([f"{what}: scrolls sideways"] if scrolls_sideways(page) else [])


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_five_phones_vote_and_the_room_sees_it(new_page: NewPage, site: Site) -> None:
    lead = sign_in(new_page(viewport=PROJECTOR, reduced_motion="reduce"), site, "lead")
    address = begin(lead, "This week’s tip")
    lead.goto(f"{address}/screen")
    found = problems(lead, "the screen before")
    expect(lead.locator("svg.qr")).to_be_visible()
    code = lead.locator(".screen__code").inner_text()

    for number, place in enumerate((0, 0, 0, 1, 1)):
        scripted, scheme = number > 1, "dark" if number % 2 else "light"
        phone = new_page(viewport=NARROW, java_script_enabled=scripted, color_scheme=scheme)
        phone.goto("/huddle")
        phone.get_by_label("The code on the screen").fill(code.upper())
        phone.keyboard.press("Enter")
        phone.wait_for_url("**/huddle/*")
        if scripted:
            found += problems(phone, "a phone")
        phone.locator("button.choice").nth(place).click()
        expect(phone.get_by_text(f"You picked reply {place + 1}.")).to_be_visible()

    expect(lead.locator("[data-votes]")).to_have_text("5")  # counted by itself, without a reload
    lead.get_by_role("button", name="Reveal").click()
    expect(lead.get_by_text("about 3 in 5")).to_be_visible()
    expect(lead.get_by_text("about 2 in 5")).to_be_visible()
    found += problems(lead, "the screen after")
    lead.goto(address)
    found += problems(lead, "the huddle after")
    lead.get_by_label("How we will say it").fill("I will ring you at eight.")
    press(lead.get_by_role("button", name="Keep it with the team"))
    lead.goto("/teams/morning-desk")
    expect(lead.locator("#huddles")).to_contain_text("I will ring you at eight.")
    found += problems(lead, "the team's page")

    assert found == []


@pytest.mark.parametrize("about", ["This week’s tip", "Where the team differs most"])
def test_the_sheet_is_one_page_of_paper(new_page: NewPage, site: Site, about: str) -> None:
    lead = sign_in(new_page(), site, "lead")
    address = begin(lead, about)
    lead.goto(f"{address}/sheet")
    found = problems(lead, "the sheet")

    assert found == []
    assert pages_of(lead.pdf(format="A4")) == 1


def test_one_shared_computer_by_keyboard_and_without_script(new_page: NewPage, site: Site) -> None:
    page = sign_in(new_page(java_script_enabled=False, viewport=NARROW), site, "lead")
    begin(page, "This week’s tip")
    for number, hands in enumerate((4, 1), 1):
        page.get_by_label(f"Hands for reply {number}").focus()
        page.keyboard.type(str(hands))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    reveal = page.get_by_role("button", name="Reveal what the coach says")
    reveal.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("about 4 in 5")).to_be_visible()
    expect(page.get_by_text("5 hands were counted.")).to_be_visible()
    assert not scrolls_sideways(page)


def test_a_vote_by_keyboard_alone(new_page: NewPage, site: Site) -> None:
    lead = sign_in(new_page(), site, "lead")
    public_id = begin(lead, "This week’s tip").rsplit("/", 1)[-1]
    phone = new_page(viewport=NARROW)
    phone.goto(f"/huddle/{public_id}")
    press_until(phone, phone.locator("button.choice").nth(1))
    phone.keyboard.press("Enter")

    expect(phone.get_by_text("You picked reply 2.")).to_be_visible()
    press_until(phone, phone.locator("button.choice").nth(0))
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("You picked reply 1.")).to_be_visible()
