"""Scenarios as the tests write them: the language's own example, and short ones round a body."""

from __future__ import annotations

import os
from pathlib import Path

from scenarios import Compiled, Reading, Scenario, compile_scenario, read_scenario

EXAMPLE = (Path(__file__).parent / "the-attacking-customer.md").read_text(encoding="utf-8")

# The long forms of the random tests: SCENARIOS_LONG=1 pytest tests/scenarios
LONG = bool(os.environ.get("SCENARIOS_LONG"))

FRONT = """\
title: A call
summary: Somebody rings.
you: Sam, at the desk
customer: Marcus Bell, floor fitter
skills: [restrain, redirect]
"""


def written(body: str, front: str = "") -> str:
    """A scenario's text: the usual front matter, more fields, and a body."""
    return f"---\n{FRONT}{front}---\n{body}"


def reading_of(text: str) -> Reading:
    return read_scenario(text, path="call.md")


def codes_of(text: str) -> list[str]:
    return [one.code for one in reading_of(text).diagnostics]


def scenario_of(text: str) -> Scenario:
    reading = reading_of(text)
    assert reading.scenario is not None, "\n".join(map(str, reading.diagnostics))
    return reading.scenario


def compiled_of(text: str) -> Compiled:
    return compile_scenario(scenario_of(text))


def shipped() -> dict[str, str]:
    """The scenarios that the site ships, by slug."""
    folder = Path(__file__).parents[2] / "content" / "scenarios"
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))}
