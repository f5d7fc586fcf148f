"""Long calls of a typical shape, for figures of speed: a best path, tempting replies, ways back to it."""

from __future__ import annotations

from tests.scenarios.writing import written

METERS = ("temper", "minutes", "queue", "trust")


def long_call(scenes: int, meters: int, flags: int) -> str:
    """A call of so many scenes in which every meter and flag is changed early and read for a while after."""
    parts = [scene(number, scenes, meters, flags) for number in range(1, scenes + 1)]
    ends = "".join(
        f"## It ends {outcome}\n\n**Ending:** {outcome} — He leaves in his own way.\n\n"
        for outcome in ("success", "partial", "failure")
    )
    front = "meters:\n" + "".join(f"  {name}: 4 of 8\n" for name in METERS[:meters]) if meters else ""
    front += f"flags: [{', '.join(f'fact-{number}' for number in range(1, flags + 1))}]\n" if flags else ""
    return written("# A call\n\nIt is a long day.\n\n" + "".join(parts) + ends, front)


def scene(number: int, scenes: int, meters: int, flags: int) -> str:
    onward, aside = target(number + 1, scenes), target(number + 2, scenes)
    meter = METERS[number % meters] if meters else ""
    flag = f"fact-{number % flags + 1}" if flags else ""
    best = "Restrain +2" + (f", {meter} -1" if meter else "") + (f", set {flag}" if flag else "")
    weak = "Redirect -1" + (f", {meter} +2" if meter else "")
    gate = gate_of(number, meter, flag)
    return (
        f"## Scene {number}\n\n"
        f"> **Marcus:** This is time {number} that I say it. I had hoped somebody would listen.\n\n"
        f'- ["What happened when you plugged it in, number {number}?"](#{onward})\n  - {best}\n'
        f"  > **Marcus:** It sparked, and then it stopped. I told the man at the desk as much.\n  >\n"
        f"  > **Coach:** A question about the machine turns him from you to the machine.\n"
        f'- ["It was tested before it left, and here is list {number}."](#{aside})\n  - {weak}\n'
        f"  > **Marcus:** Are you calling me a liar?\n  >\n  > **Coach:** He hears an accusation.\n"
        f'- ["Let me see what I can do about {number} today."](#{onward})\n{gate}'
        f"  - Restrain +1\n  > **Marcus:** See, then.\n\n"
    )


def gate_of(number: int, meter: str, flag: str) -> str:
    """A condition on every third scene, by turns on the meter and on the flag."""
    if number % 3 or not (meter or flag):
        return ""
    if meter and (number % 2 or not flag):
        return f"  - If {meter} is 3 or more\n"
    return f"  - If {flag}\n"


def target(number: int, scenes: int) -> str:
    if number <= scenes:
        return f"scene-{number}"
    return "it-ends-success" if number == scenes + 1 else "it-ends-failure"
