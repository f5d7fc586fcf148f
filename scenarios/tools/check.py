"""`check`: every problem at its place, and `prove`: what is true of every play."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scenarios.diagnostics import Problems
from scenarios.golden import check_golden
from scenarios.reading import Reading, read_scenario
from scenarios.tools.files import InputError, catalogue_for, read_input, shown

if TYPE_CHECKING:
    from argparse import Namespace

    from scenarios.proof import Proof


def check(options: Namespace) -> int:
    """Print each file's diagnostics. 0 without errors, 1 with any, 2 when a file cannot be read."""
    worst = 0
    report: list[dict[str, Any]] = []
    for path in options.files:
        try:
            reading, checked = read(path, options.content)
            reading = with_golden(path, reading)
        except InputError as error:
            worst = 2
            report.append({"path": shown(path), "ok": False, "unreadable": str(error)})
            print(error, file=sys.stderr)
            continue
        worst = max(worst, 0 if reading.ok else 1)
        report.append(as_json(path, reading, skills_checked=checked))
        if not options.json:
            print_reading(path, reading, skills_checked=checked)
    if options.json:
        print(json.dumps({"ok": worst == 0, "files": report}, ensure_ascii=False, indent=2))
    return worst


def read(path: str, content: str | None) -> tuple[Reading, bool]:
    """A file's reading, and whether its skills were checked."""
    catalogue = catalogue_for(path, content)
    text = read_input(path)
    return read_scenario(text, path=shown(path), catalogue=catalogue), catalogue is not None


def with_golden(path: str, reading: Reading) -> Reading:
    """The reading with what its `.play` file says that is not so; unchanged where there is none."""
    beside = Path(path).with_suffix(".play") if path != "-" else None
    if reading.compiled is None or beside is None or not beside.is_file():
        return reading
    problems = Problems(str(beside))
    check_golden(reading.compiled, read_input(str(beside)), problems)
    return replace(reading, diagnostics=(*reading.diagnostics, *problems.found))


def as_json(path: str, reading: Reading, *, skills_checked: bool) -> dict[str, Any]:
    return {
        "path": shown(path),
        "ok": reading.ok,
        "skills_checked": skills_checked,
        "diagnostics": [one.to_json() for one in reading.diagnostics],
        "allowed": [{**one.to_json(), "reason": reason} for one, reason in reading.allowed],
    }


def print_reading(path: str, reading: Reading, *, skills_checked: bool) -> None:
    for one in reading.diagnostics:
        print(one)
    for one, reason in reading.allowed:
        print(f"{one.path}:{one.line}:{one.column} allowed {one.code} {one.message} Reason given: {reason}")
    errors = sum(one.severity == "error" for one in reading.diagnostics)
    warnings = len(reading.diagnostics) - errors
    unchecked = (
        "" if skills_checked else "; skills not checked (no content folder above the file; try --content)"
    )
    print(f"{shown(path)}: {count(errors, 'error')}, {count(warnings, 'warning')}{unchecked}")


def count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def prove(options: Namespace) -> int:
    """Print each file's proof, or the errors that leave nothing to prove."""
    worst = 0
    proofs: dict[str, Any] = {}
    for path in options.files:
        try:
            reading, _ = read(path, options.content)
        except InputError as error:
            print(error, file=sys.stderr)
            worst = 2
            continue
        for one in reading.diagnostics:
            if one.severity == "error":
                print(one, file=sys.stderr)
        worst = max(worst, 0 if reading.ok else 1)
        if reading.proof is not None:
            proofs[shown(path)] = reading.proof.to_json()
            if not options.json:
                print(told(shown(path), reading.proof))
    if options.json:
        only = next(iter(proofs.values())) if len(options.files) == 1 and proofs else proofs
        print(json.dumps(only, ensure_ascii=False, indent=2))
    return worst


def told(path: str, proof: Proof) -> str:
    """A proof in words."""
    lines = [f"{path}: {proof.states:,} states"]
    if not proof.robots:
        return f"{lines[0]}; mend the errors, then the figures follow."
    worst = "without bound" if proof.worst is None else proof.worst
    longest = "without bound" if proof.longest is None else proof.longest
    lines.append(f"  points      best {proof.best}, worst {worst}, clicking at random {proof.expected:.2f}")
    lines.append(f"  replies     shortest call {proof.shortest}, longest {longest}")
    lines.append(f"  best call   {count(proof.decisions, 'decision')}")
    lines.append(f"  luck        clicking at random passes {proof.pass_by_luck:.1%}")
    if proof.unsettled > 1e-6:
        lines.append(f"              {proof.unsettled:.1%} of the clicking goes round too long to follow")
    lines += [f"  ending      {chance:6.1%}  {slug}" for slug, chance in proof.endings.items()]
    for name, robot in proof.robots.items():
        verdict = "passes" if robot.passed else "does not pass"
        lines.append(
            f"  always {name:<9} {robot.score} %, {robot.ending or 'goes round for ever'}, {verdict}"
        )
    if proof.plays is not None:
        silence = (
            f", {proof.plays_with_silence:,} with silence" if proof.plays_with_silence != proof.plays else ""
        )
        lines.append(f"  plays       {proof.plays:,}{silence}")
    return "\n".join(lines)
