"""Who is on the other side, and how they are: what the stage shows of a play."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from scenarios import Play, Scenario

TEMPER, MINUTES = "temper", "minutes"


@dataclass(frozen=True)
class Caller:
    """The customer. `first_name` is the speaker whose face is shown; `portrait` names the face."""

    name: str
    trade: str
    first_name: str
    portrait: str


@dataclass(frozen=True)
class Temper:
    """The temper meter now, and where it is going: rising, easing, steady, or "" at the start."""

    value: int
    high: int
    direction: str


@dataclass(frozen=True)
class Gauge:
    """Another number of the story, with what it counts: 0 to `high`."""

    label: str
    value: int
    high: int


def caller_of(scenario: Scenario) -> Caller:
    name, _comma, trade = scenario.customer.partition(",")
    first = scenario.speaker
    return Caller(name.strip(), trade.strip(), first, scenario.portrait or first.lower())


def temper_of(scenario: Scenario, play: Play) -> Temper | None:
    """None where the scenario keeps no temper."""
    high = next((meter.most for meter in scenario.meters if meter.name == TEMPER), None)
    if high is None:
        return None
    value = play.meters[TEMPER]
    if not play.turns:
        return Temper(value, high, "")
    before = play.turns[-1].before[TEMPER]
    return Temper(value, high, "rising" if value > before else "easing" if value < before else "steady")


def minutes_left(scenario: Scenario, play: Play) -> int | None:
    """Story time left, where the scenario counts it."""
    has_minutes = any(meter.name == MINUTES for meter in scenario.meters)
    return play.meters[MINUTES] if has_minutes else None


def gauges_of(scenario: Scenario, play: Play) -> tuple[Gauge, ...]:
    """The meters that have no place of their own on the stage, in the author's order."""
    return tuple(
        Gauge(_label(meter.name), play.meters[meter.name], meter.most)
        for meter in scenario.meters
        if meter.name not in (TEMPER, MINUTES)
    )


def _label(name: str) -> str:
    """A queue is people who wait; any other meter is called what its author calls it."""
    return _("Waiting") if name == "queue" else name.replace("-", " ").capitalize()
