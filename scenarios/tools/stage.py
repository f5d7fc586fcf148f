"""`play`: a call in the terminal, or of given choices, with its debrief; and as JSON."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any

from scenarios.play import NotOnOfferError, Play, choose, start
from scenarios.reading import read_scenario
from scenarios.score import score
from scenarios.tools.files import InputError, catalogue_for, read_input, shown

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

    from scenarios.compiled import Compiled
    from scenarios.document import Line


def play(options: Namespace) -> int:
    """Play a scenario: the given choices, or as they are typed. 1 when the file has errors."""
    path = options.file
    reading = read_scenario(
        read_input(path), path=shown(path), catalogue=catalogue_for(path, options.content)
    )
    if reading.compiled is None:
        for one in reading.diagnostics:
            if one.severity == "error":
                print(one, file=sys.stderr)
        return 1
    if options.choices is None:
        if path == "-":
            raise InputError("To play from standard input, give --choices.")
        return interactive(reading.compiled)
    done = played(reading.compiled, options.choices)
    if options.json:
        print(json.dumps(as_json(done), ensure_ascii=False, indent=2))
    else:
        tell(done)
    return 0


def played(compiled: Compiled, choices: str) -> Play:
    """The play of choices like 1,2,0: each counts the replies on offer, 0 is silence."""
    done = start(compiled)
    words = [word.strip() for word in choices.split(",") if word.strip()]
    for number, word in enumerate(words, 1):
        if not re.fullmatch(r"\d{1,3}", word):
            raise InputError(f'--choices: "{word}" is no number; write them like 1,2,1.')
        done = picked(done, int(word), number)
    return done


def picked(at: Play, pick: int, number: int) -> Play:
    count = len(at.offers)
    if at.finished:
        raise InputError(f"--choices: the call has ended before reply {number}.")
    if pick > count:
        raise InputError(f"--choices: reply {number} is {pick}, and {count} are on offer.")
    try:
        return choose(at, at.offers[pick - 1].index if pick else 0)
    except NotOnOfferError:
        raise InputError(f"--choices: reply {number} is silence, and this scene has no timer.") from None


def as_json(done: Play) -> dict[str, Any]:
    result = score(done)
    return {
        "score": result.shown,
        "passed": result.passed,
        "ending": done.scene if done.finished else None,
        "earned": result.earned,
        "best": result.best,
        "costs": [one.cost for one in result.decisions],
        "transcript": [
            *(line_json(line) for line in done.opening),
            *(
                item
                for turn, one in zip(done.turns, result.decisions, strict=True)
                for item in (
                    {
                        "kind": "reply",
                        "scene": turn.scene,
                        "choice": turn.choice,
                        "text": turn.said,
                        "band": one.band,
                    },
                    *(
                        line_json(line)
                        for line in (*turn.reaction, *turn.thoughts, *turn.coaching, *turn.followed)
                    ),
                )
            ),
        ],
    }


def line_json(line: Line) -> dict[str, Any]:
    return {"kind": line.kind, "speaker": line.speaker, "text": line.text}


def tell(done: Play) -> None:
    """A play from the briefing to the debrief."""
    print_lines(done.opening)
    for turn in done.turns:
        print(f"\n  > {turn.said or '(you say nothing)'}\n")
        print_lines((*turn.reaction, *turn.followed))
    print_end(done)


def print_lines(lines: Iterable[Line]) -> None:
    for line in lines:
        if line.kind in {"thought", "coach"}:
            continue  # the inner voice and the coach wait for the debrief
        text = " ".join(line.text.split())
        print(f"{line.speaker}: {text}" if line.speaker else text)


def print_end(done: Play) -> None:
    result = score(done)
    if done.ending is None:
        print("\nThe call goes on.")
        return
    verdict = "passed" if result.passed else "not passed"
    print(f"\n{done.ending.outcome.capitalize()}: {done.ending.text}")
    print(f"{result.shown} %, {verdict}: {result.earned} of {result.best} points")
    for turn, one in zip(done.turns, result.decisions, strict=True):
        cost = f", cost {one.cost}" if one.cost > 0 else ""
        band = one.band if one.is_decision else "the only reply"
        print(f"\n{one.turn}. {band}{cost}: {one.said or '(silence)'}")
        if one.cost > 0:
            print(f"   better: {one.best_reply}")
        for line in (*turn.thoughts, *turn.coaching):
            thinks = " thinks" if line.kind == "thought" else ""
            print(f"   {line.speaker}{thinks}: {' '.join(line.text.split())}")


def interactive(compiled: Compiled) -> int:
    """Ask for each reply in the terminal; `h` asks for the hint, `q` leaves."""
    at = start(compiled)
    print_lines(at.opening)
    while not at.finished:
        for number, offer in enumerate(at.offers, 1):
            print(f"  {number}. {offer.choice.text}")
        extra = ", 0 says nothing" if at.timer else ""
        extra += ", h for a hint" if at.hint else ""
        answer = ask(f"Your reply (1 to {len(at.offers)}{extra}, q leaves): ")
        if answer in {"q", ""}:
            return 0
        if answer == "h" and at.hint:
            print(at.hint)
            continue
        at = answered(at, answer)
    print_end(at)
    return 0


def ask(prompt: str) -> str:
    try:
        return input(prompt).strip().lower() or " "
    except (EOFError, KeyboardInterrupt):
        print()
        return ""


def answered(at: Play, answer: str) -> Play:
    """The play after an answer; the same one, with a word why, when it is none."""
    try:
        pick = int(answer)
        if not 0 <= pick <= len(at.offers):
            raise ValueError
        after = choose(at, at.offers[pick - 1].index if pick else 0)
    except ValueError:
        print(f"Write a number from 1 to {len(at.offers)}.")
        return at
    print()
    print_lines((*after.turns[-1].reaction, *after.turns[-1].followed))
    return after
