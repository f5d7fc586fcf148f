"""A learner who plays, clicks twice, answers in two tabs, goes back, repeats old answers, forges new ones."""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.faults.client import Answer, Client
from tests.faults.ledger import Ledger

# How often each is done, out of ten.
HABITS = ("step", "step", "step", "step", "double", "race", "race", "replay", "forge", "back")
_CHOICE = re.compile(r'<button class="choice" name="choice" value="(\d+)"')
_STEP = re.compile(r'name="step" value="(\d+)"')
_ON = re.compile(r'href="(/attempts/[0-9a-z]{16}\?step=\d+)"')


@dataclass
class Learner:
    """Plays until told to stop. Everything that was sent and came back is in the ledger."""

    client: Client
    scenarios: list[str]
    others: list[str]
    dice: random.Random
    ledger: Ledger = field(default_factory=Ledger)
    attempt: str = ""
    slug: str = ""

    def play_until(self, stop: threading.Event) -> None:
        while not stop.is_set():
            self.move()

    def move(self) -> None:
        """One look at the call, and one thing done about it."""
        if not self.attempt:
            self.begin()
            return
        page = self.look(f"/attempts/{self.attempt}")
        if page.status == 200 and (on := _ON.search(page.body)):
            page = self.look(on[1])
        if page.status != 200:
            return
        step, places = _STEP.search(page.body), [int(place) for place in _CHOICE.findall(page.body)]
        if not step or not places:
            self.look(f"/attempts/{self.attempt}/debrief")
            self.forge(1 + self.ledger.begin(self.attempt).newest)
            self.attempt = ""
            return
        habit = self.dice.choice(HABITS)
        getattr(self, habit)(int(step[1]), places)

    def look(self, path: str) -> Answer:
        page = self.client.get(path)
        self.saw(page)
        return page

    def saw(self, answer: Answer) -> None:
        self.ledger.saw(answer.status)
        if answer.status is None:
            time.sleep(0.05)  # the server is being started again

    def begin(self) -> None:
        self.slug = self.dice.choice(self.scenarios)
        if self.look(f"/scenarios/{self.slug}").status == 200:
            self.arrive(self.client.post(f"/scenarios/{self.slug}/attempts", {"kind": "practice"}))

    def arrive(self, answer: Answer) -> None:
        """At the attempt that the site leads to."""
        self.saw(answer)
        if answer.status == 303 and answer.location.startswith("/attempts/"):
            self.attempt = answer.location.rsplit("/", 1)[1]
            self.ledger.begin(self.attempt)
            self.others.append(self.attempt)

    def say(self, step: int, place: int) -> Answer:
        self.ledger.sent(self.attempt, step, place)
        # With script, which asks for the page at once, and without, which is sent on to it.
        prefer = self.dice.choice(("", "return=representation"))
        fields: dict[str, object] = {"step": step, "choice": place}
        answer = self.client.post(f"/attempts/{self.attempt}/steps", fields, prefer)
        if answer.status == 303 or (prefer and answer.applied == prefer):
            self.ledger.acknowledged(self.attempt, step, place)
        return answer

    def step(self, step: int, places: list[int]) -> None:
        self.saw(self.say(step, self.dice.choice(places)))

    def double(self, step: int, places: list[int]) -> None:
        place = self.dice.choice(places)
        self.at_once([lambda: self.say(step, place)] * 2)

    def race(self, step: int, places: list[int]) -> None:
        picked = self.dice.sample(places, min(2, len(places)))
        self.at_once([lambda place=place: self.say(step, place) for place in picked])  # type: ignore[misc]

    def at_once(self, deeds: list[Callable[[], Answer]]) -> None:
        answers: list[Answer] = []
        threads = [threading.Thread(target=lambda deed=deed: answers.append(deed())) for deed in deeds]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for answer in answers:
            self.saw(answer)

    def replay(self, step: int, places: list[int]) -> None:
        """An old answer again, and then as another one: the first changes nothing, the second is refused."""
        sure = self.ledger.begin(self.attempt).sure
        if not sure:
            return self.step(step, places)
        old = self.dice.choice(sorted(sure))
        again = self.client.post(f"/attempts/{self.attempt}/steps", {"step": old, "choice": sure[old]})
        self.saw(again)
        if again.status not in (303, 503, None):
            self.ledger.wrong.append(f"{self.attempt}: step {old} repeated was answered with {again.status}")
        other: dict[str, object] = {"step": old, "choice": sure[old] + 1}
        self.ledger.refused("another answer to an old step", self.post(other).status)
        return None

    def back(self, step: int, places: list[int]) -> None:
        if step < 2:
            return self.step(step, places)
        fields: dict[str, object] = {
            "kind": "practice",
            "from": self.attempt,
            "after": self.dice.randrange(step),
        }
        self.arrive(self.client.post(f"/scenarios/{self.slug}/attempts", fields))
        return None

    def forge(self, step: int, _places: object = None) -> None:
        """What a page of ours would never send."""
        forgeries: list[tuple[str, dict[str, object], str]] = [
            ("a reply that is not on offer", {"step": step, "choice": 99}, self.attempt),
            ("a later step", {"step": step + 3, "choice": 1}, self.attempt),
            ("a step before the first", {"step": 0, "choice": 1}, self.attempt),
            ("no form token", {"step": step, "choice": 1, "csrf_token": "forged"}, self.attempt),
            ("a choice in words", {"step": step, "choice": "1 OR 1=1"}, self.attempt),
            ("foreign digits", {"step": step, "choice": "١"}, self.attempt),
            (
                "a score of its own",
                {"step": step + 1, "choice": 1, "percent": 100, "passed": 1},
                self.attempt,
            ),
            ("a reply without its step", {"choice": 1}, self.attempt),
            ("somebody else's call", {"step": 1, "choice": 1}, self.not_mine()),
        ]
        what, fields, attempt = self.dice.choice(forgeries)
        self.ledger.refused(f"{what} ({fields})", self.post(fields, attempt).status)

    def not_mine(self) -> str:
        found = [one for one in self.others if one not in self.ledger.told]
        return self.dice.choice(found) if found else "0123456789abcdef"

    def post(self, fields: dict[str, object], attempt: str = "") -> Answer:
        answer = self.client.post(f"/attempts/{attempt or self.attempt}/steps", fields)
        self.saw(answer)
        return answer
