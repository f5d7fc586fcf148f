"""Every shipped call, to each kind of ending, by keyboard alone: script on and off, time on and off.

What to say comes from the engine. Where time is on, a line that waits is also let run out. Without script the
window is the narrowest phone.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, StorageState

from tests.browser.calls import compiled_call
from tests.browser.keyboard import begin, play_on, read_the_debrief, take_back
from tests.browser.looking import DESKTOP, NARROW, patient, press, sign_in
from tests.browser.routes import every_ending, kinds_of_ending, unanswered
from tests.browser.site import ROOT, Site

CALLS = sorted(path.stem for path in (ROOT / "content" / "scenarios").glob("*.md"))


Desks = dict[tuple[bool, bool], Page]


def with_time_on(page: Page) -> None:
    page.goto("/account")
    page.get_by_label("Timed lines").check()
    press(page.locator("form", has=page.get_by_label("Timed lines")).get_by_role("button", name="Save"))


@pytest.fixture(scope="module")
def desks(chromium: Browser, site: Site) -> Iterator[Desks]:
    """One page for all the calls of one setting (script, time), so that nobody signs in for each of them.

    Where time is on, the clock of a page with script stands still until a test lets it run.
    """
    made: Desks = {}
    for role, timed in (("trainer", False), ("admin", True)):
        state: StorageState | None = None
        for script in (True, False):
            context = patient(
                chromium.new_context(
                    base_url=site.url,
                    viewport=DESKTOP if script else NARROW,
                    java_script_enabled=script,
                    reduced_motion="reduce",
                    storage_state=state,
                )
            )
            page = made[script, timed] = context.new_page()
            if state is None:
                sign_in(page, site, role)
                if timed:
                    with_time_on(page)
                    page.clock.install()
                    page.clock.pause_at(page.evaluate("Date.now()") + 1000)
                state = context.storage_state()
    yield made
    for page in made.values():
        page.context.close()


TIMED = [slug for slug in CALLS if unanswered(compiled_call(slug))]
SETTINGS = [
    *(pytest.param(slug, False, id=f"{slug}, time off") for slug in CALLS),
    *(pytest.param(slug, True, id=f"{slug}, time on") for slug in TIMED),
]


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize(("slug", "timed"), SETTINGS)
def test_every_kind_of_ending_is_reached_by_keyboard(
    desks: Desks, slug: str, timed: bool, script: bool
) -> None:
    """The first play from the door; each further one by taking replies back.

    Without script nothing runs out, so time on is then one play: the one that leaves a line unanswered.
    """
    page, legs = desks[script, timed], every_ending(compiled_call(slug), silent=timed)
    assert {leg.ending for leg in legs} == kinds_of_ending(compiled_call(slug))
    if timed and not script:
        legs = legs[:1]

    begin(page, slug)
    said = 0
    for leg in legs:
        take_back(page, leg.back)
        said -= leg.back
        play_on(page, leg.play, said, script=script)
        said = len(leg.play.choices)
    read_the_debrief(page, legs[-1].play)


def test_turning_time_on_changes_only_calls_in_which_a_line_waits() -> None:
    """So the other calls need not be played twice."""
    waiting = {slug for slug in CALLS for scene in compiled_call(slug).scenario.scenes if scene.timer}

    assert waiting == set(TIMED)
    assert waiting
