"""Scenarios made up at random, with meters, flags, Once, routes, timers and ways back."""

from __future__ import annotations

from random import Random

from tests.scenarios.writing import written

METERS = ("temper", "minutes", "queue")
FLAGS = ("owned-it", "knows", "warned")
SKILLS = ("Restrain", "Redirect")
WORDS = (
    "noon",
    "van",
    "form",
    "desk",
    "sander",
    "tiler",
    "lobby",
    "queue",
    "lamp",
    "ladder",
    "kettle",
    "ferry",
)


class Maker:
    """Makes one scenario: mostly forward, sometimes back, so that some of them loop."""

    def __init__(self, random: Random, scenes: int, meters: int, flags: int) -> None:
        self.random = random
        self.count = scenes
        self.meters = {name: random.choice((3, 6, 10)) for name in METERS[:meters]}
        self.flags = FLAGS[:flags]

    def text(self) -> str:
        scenes = [self.scene(number) for number in range(1, self.count + 1)]
        ends = [
            f"## End {outcome}\n\n**Ending:** {outcome} — It ends so.\n"
            for outcome in ("success", "partial", "failure")
        ]
        front = ""
        if self.meters:
            front += "meters:\n" + "".join(
                f"  {name}: {self.random.randint(0, most)} of {most}\n" for name, most in self.meters.items()
            )
        if self.flags:
            front += f"flags: [{', '.join(self.flags)}]\n"
        return written("\n".join(["# A call\n", "It rings.\n", *scenes, *ends]), front)

    def scene(self, number: int) -> str:
        head = f"## Scene {number}\n\n> **Marcus:** {self.words(6)}?\n\n"
        if (self.meters or self.flags) and 1 < number < self.count and self.random.random() < 0.2:
            condition = self.condition()
            turns = f"- If {condition}: [He turns](#{self.onward(number)})\n"
            return f"{head}{turns}- Otherwise: [He stays](#scene-{number + 1})\n"
        choices = [self.choice(number, sure=True)]
        if number == self.count:
            choices += [self.choice(number, sure=True, to=end) for end in ("end-partial", "end-failure")]
        choices += [self.choice(number, sure=False) for _ in range(self.random.randint(1, 3))]
        if self.random.random() < 0.15:
            choices.append(f"- After 30 seconds: [He waits](#{self.onward(number)})\n")
        return head + "".join(choices)

    def choice(self, number: int, *, sure: bool, to: str = "") -> str:
        back = not sure and number > 1 and self.random.random() < 0.2
        onward = f"scene-{number + 1}" if number < self.count else "end-success"
        onward = to or (onward if sure else self.onward(number))
        target = f"scene-{self.random.randint(1, number)}" if back else onward
        lines = [f'- ["{self.words(7)}."](#{target})']
        if not sure and (self.meters or self.flags) and self.random.random() < 0.3:
            lines.append(f"  - {self.random.choice(('If', 'Unless'))} {self.condition()}")
        if not sure and (back or self.random.random() < 0.1) and self.random.random() < 0.8:
            lines.append("  - Once")
        effects = self.effects(points=(-3, 3) if not back else (-2, 0))
        if effects:
            lines.append(f"  - {', '.join(effects)}")
        if self.random.random() < 0.4:
            lines.append(f"  > **Coach:** {self.words(5)}.")
        return "\n".join(lines) + "\n"

    def effects(self, points: tuple[int, int]) -> list[str]:
        effects = [
            f"{skill} {self.random.randint(*points):+d}" for skill in SKILLS if self.random.random() < 0.5
        ]
        effects += [
            f"{name} {self.random.randint(-3, 3):+d}" for name in self.meters if self.random.random() < 0.4
        ]
        effects += [
            f"{self.random.choice(('set', 'clear'))} {flag}"
            for flag in self.flags
            if self.random.random() < 0.25
        ]
        return effects

    def condition(self) -> str:
        kinds = [*self.meters, *self.flags]
        name = self.random.choice(kinds)
        if name in self.flags:
            return f"{self.random.choice(('', 'not '))}{name}"
        number = self.random.randint(0, self.meters[name])
        return f"{name} is {number} {self.random.choice(('or more', 'or less'))}"

    def onward(self, number: int) -> str:
        to = number + self.random.randint(1, 3)
        return (
            f"scene-{to}"
            if to <= self.count
            else f"end-{self.random.choice(('success', 'partial', 'failure'))}"
        )

    def words(self, most: int) -> str:
        chosen = [self.random.choice(WORDS) for _ in range(self.random.randint(2, most))]
        return " ".join(chosen).capitalize()


def generate(seed: int, scenes: int = 8, meters: int = 1, flags: int = 2) -> str:
    """The same text for the same arguments."""
    return Maker(Random(seed), scenes, meters, flags).text()
