"""A walk past every state of a call and of what stands around it: for axe, and for pictures.

Each stop is a name and the page as it stands there. Whoever walks again begins again: nothing is left open.
"""

import re
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from flask import render_template
from playwright.sync_api import Page, Route, expect

from scenarios import Play, best_choices, choose, replay, start
from tests.browser.calls import compiled_call, reply_number
from tests.browser.looking import press
from tests.browser.routes import shortest
from training import create_app
from training.attempts.picks import Pick
from training.settings import Settings
from training.web.error_pages import ErrorPage

PageOf = Callable[[str], Page]
Stops = Iterator[tuple[str, Page]]
EASY, HARD = "an-ordinary-first-call", "the-attacking-customer"
# A page that nobody watches lets no time pass.
UNWATCHED = "Object.defineProperty(document, 'hidden', { value: true })"
FRESH = re.compile("^(Practise this call|Start over)")


def tour(page_of: PageOf) -> Stops:
    """Every stop. `page_of` gives the page of whoever is signed in as "new hire", "lead" or "admin"."""
    learner = page_of("new hire")
    yield from _around(learner, page_of("admin"))
    yield from _in_a_call(learner)
    yield from _gone_wrong(learner)
    yield from _time_runs_out(learner)
    yield from _after_a_hard_ending(learner, page_of("lead"))
    yield from _a_check(learner)


def enter(page: Page, slug: str) -> None:
    """Through the door, into a fresh practice."""
    page.goto(f"/scenarios/{slug}")
    carry_on = page.get_by_role("link", name="Carry on from turn 1")
    page.get_by_role("button", name=FRESH).or_(carry_on).first.click()
    page.wait_for_url(re.compile(r"/attempts/\w+$"))


def say(page: Page, play: Play) -> None:
    """Say the last reply of `play`, past the coach's note before it; the page then shows what it did."""
    turn = play.turns[-1]
    assert turn.said is not None
    carry_on(page)
    page.locator("button.choice").nth(reply_number(page, turn.said) - 1).click()
    _past(page, turn.number)


def _past(page: Page, number: int) -> None:
    page.locator(f"form[data-say] input[name=step][value='{number}']").wait_for(state="detached")


def carry_on(page: Page) -> None:
    link = page.get_by_role("link", name="Carry on")
    link.or_(page.locator("button.choice")).first.wait_for()
    if link.count():
        link.click()
        page.locator("button.choice").first.wait_for()


def say_all(page: Page, play: Play, after: int = 0) -> None:
    for said in range(after + 1, len(play.choices) + 1):
        say(page, _first(play, said))


def _first(play: Play, turns: int) -> Play:
    there = start(play.compiled)
    for choice in play.choices[:turns]:
        there = choose(there, choice)
    return there


def _around(learner: Page, stranger: Page) -> Stops:
    for name, path in (("today-empty", "/"), ("phrases-empty", "/phrases"), ("modules-none", "/modules")):
        stranger.goto(path)
        yield name, stranger
    for name, path in (
        ("today", "/"),
        ("practice", "/scenarios"),
        ("modules", "/modules"),
        ("module", "/modules/first-week"),
        ("door", f"/scenarios/{EASY}"),
        ("door-warning", f"/scenarios/{HARD}"),
    ):
        learner.goto(path)
        yield name, learner


def _in_a_call(page: Page) -> Stops:
    play = shortest(start(compiled_call(EASY)))["success"]
    enter(page, EASY)
    yield "call", page
    page.get_by_role("button", name="A hint").click()
    page.locator(".hint-box").wait_for()
    yield "call-hint", page
    page.locator("summary", has_text="Pace and settings").click()
    yield "call-settings", page
    press(page.get_by_role("button", name="Turn on"))
    page.get_by_role("heading", name="Say yours first").wait_for()
    yield "call-yours-first", page
    page.locator("summary", has_text="Pace and settings").click()
    press(page.get_by_role("button", name="Turn off"))
    page.locator("button.choice").first.wait_for()
    say(page, _first(play, 1))
    yield "call-after", page
    carry_on(page)
    yield "call-middle", page
    page.goto(f"/scenarios/{EASY}")
    yield "door-paused", page
    page.goto("/scenarios")
    yield "practice-paused", page


def _gone_wrong(page: Page) -> Stops:
    enter(page, EASY)
    page.context.set_offline(True)
    page.locator("button.choice").first.click()
    page.locator("[data-loss]").wait_for()
    yield "call-lost-line", page
    page.context.set_offline(False)
    page.get_by_role("button", name="Say it again").click()
    _past(page, 1)
    old = page.url
    page.get_by_role("button", name="Take that back").first.click()
    page.wait_for_url(lambda now: now.split("?")[0] != old.split("?")[0])
    gone_on = page.url
    page.goto(old)
    yield "call-went-back", page
    page.goto(gone_on)
    yield from _conflict(page)
    page.goto("/no-such-page")
    yield "error-404", page
    yield from _drawn(page)


def _conflict(page: Page) -> Stops:
    """Two tabs, two replies: the second is told that the first is kept."""
    other = page.context.new_page()
    other.goto(page.url)
    say(page, choose(start(compiled_call(EASY)), 1))
    said = choose(start(compiled_call(EASY)), 2).turns[-1].said
    assert said is not None
    other.locator("button.choice").nth(reply_number(other, said) - 1).click()
    expect(other.locator("main")).to_contain_text("What you said first is kept")
    yield "error-409", other
    other.close()


def _drawn(page: Page) -> Stops:
    """Pages for what cannot be had on a sound site: rendered here, answered in its place."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(instance=Path(folder), secret_key="x" * 40))
        with app.test_request_context("/"):
            said = ("Something on our side went wrong.", "What you had saved is safe.")
            failed = ErrorPage(500, *said, reference="1f0c9ab2")
            pages = {
                "error-500": render_template("errors/show.html", page=failed),
                "error-lost-line": render_template(
                    "attempts/line_lost.html", pick=Pick(1, 2), action="/attempts/0000000000000000/steps"
                ),
            }
    for name, html in pages.items():
        page.route("**/drawn-here", partial(_answer, html))
        page.goto("/drawn-here")
        yield name, page
        page.unroute("**/drawn-here")


def _answer(html: str, route: Route) -> None:
    route.fulfill(status=503, body=html, content_type="text/html")


def _time_runs_out(page: Page) -> Stops:
    _turn_time(page, on=True)
    page.add_init_script(UNWATCHED)  # time must not run out while somebody looks
    play = _to_the_timer(HARD)
    enter(page, HARD)
    say_all(page, play)
    carry_on(page)
    page.locator("[data-patience]").wait_for()
    page.evaluate("document.querySelector('[data-patience] progress').value /= 3")
    yield "call-patience", page
    page.get_by_role("button", name="Say nothing").click()
    _past(page, len(play.choices) + 1)
    yield "call-silence", page
    _turn_time(page, on=False)


def _turn_time(page: Page, *, on: bool) -> None:
    page.goto("/account")
    page.get_by_label("Timed lines").set_checked(on)
    press(page.locator("form", has=page.get_by_label("Timed lines")).get_by_role("button", name="Save"))


def _to_the_timer(slug: str) -> Play:
    queue = [start(compiled_call(slug))]
    for play in queue:
        if play.timer is not None:
            return play
        queue += [choose(play, offer.index) for offer in play.offers]
    raise AssertionError("no line waits")


def _after_a_hard_ending(page: Page, lead: Page) -> Stops:
    enter(page, HARD)
    say_all(page, shortest(start(compiled_call(HARD)))["failure"])
    page.get_by_role("heading", name="The call is over").wait_for()
    yield "call-over", page
    page.get_by_role("link", name="See the debrief").click()
    page.wait_for_url("**/debrief")
    yield "debrief-hard-ending", page
    debrief = page.url
    page.get_by_role("link", name="The same call from the other side").click()
    page.wait_for_url("**/other-side")
    yield "other-side", page
    page.goto(debrief)
    page.locator("summary", has_text="A stronger line").first.click()
    press(page.locator("details[open] button", has_text="Keep this line").first)
    page.goto("/phrases")
    yield "phrases", page
    page.goto(debrief)
    page.get_by_role("button", name="Share with my lead").click()
    page.get_by_role("button", name="Stop sharing").wait_for()
    yield "debrief-shared", page
    lead.goto(debrief)
    yield "debrief-as-the-lead", lead
    press(page.get_by_role("button", name="Stop sharing"))
    page.goto("/")
    yield "today-after-a-call", page


def _a_check(page: Page) -> Stops:
    """A check that fails, then one that passes where it may still be taken."""
    call = compiled_call(EASY)
    failed, best = shortest(start(call))["failure"], replay(call, best_choices(start(call)))
    for name, play in (("failed", failed), ("passed", best)):
        page.goto(f"/scenarios/{EASY}")
        take = page.get_by_role("button", name="Take the check")
        if not take.count():
            yield "door-check-passed", page
            return
        take.click()
        page.wait_for_url(re.compile(r"/attempts/\w+$"))
        for number, turn in enumerate(play.turns, 1):
            assert turn.said is not None
            page.locator(f"form[data-say] input[name=step][value='{number}']").wait_for(state="attached")
            page.locator("button.choice").nth(reply_number(page, turn.said) - 1).click()
            _past(page, number)
        yield f"check-over-{name}", page
        page.get_by_role("link", name="See the debrief").click()
        page.wait_for_url("**/debrief")
        yield f"debrief-check-{name}", page
