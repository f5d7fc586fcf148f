"""The small grammar of a choice's details: effects, conditions and `Once`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scenarios.diagnostics import Problems, quoted
from scenarios.scenario import Condition, Test

if TYPE_CHECKING:
    from scenarios.document import Where, Written
    from scenarios.names import Names

MINUS = str.maketrans({"−": "-", "–": "-", "‑": "-", "＋": "+", "—": "-"})
CHANGE = re.compile(r"(?P<name>[^\W\d_].*?)\s*(?P<sign>[+-])\s*(?P<amount>\d+)")
SWITCH = re.compile(r"(?i)(?P<verb>set|clear)\s+(?P<name>.+)")
CONDITION = re.compile(r"(?i)(?P<word>if|unless)\b:?\s*(?P<tests>.*)")
COMPARISONS = (
    (re.compile(r"(?i)(.+?)\s+is\s+(\d+)\s+or\s+(?:more|over|above|higher)"), "least", 0),
    (re.compile(r"(?i)(.+?)\s+is\s+(\d+)\s+or\s+(?:less|fewer|under|below|lower)"), "most", 0),
    (re.compile(r"(?i)(.+?)\s+(?:is\s+)?at\s+least\s+(\d+)"), "least", 0),
    (re.compile(r"(?i)(.+?)\s+(?:is\s+)?at\s+most\s+(\d+)"), "most", 0),
    (re.compile(r"(?i)(.+?)\s+(?:is\s+)?(?:over|above|more\s+than)\s+(\d+)"), "least", 1),
    (re.compile(r"(?i)(.+?)\s+(?:is\s+)?(?:under|below|less\s+than)\s+(\d+)"), "most", -1),
    (re.compile(r"(?i)(.+?)\s+is\s+(\d+)"), "equal", 0),
)
HIGHEST = 99
LONGEST_EFFECT = 200


@dataclass
class Details:
    """What a choice's details say together."""

    points: dict[str, int] = field(default_factory=dict)
    changes: dict[str, int] = field(default_factory=dict)
    sets: list[str] = field(default_factory=list)
    clears: list[str] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)
    once: bool = False


def read_details(details: list[Written], names: Names, problems: Problems) -> Details:
    """Read every detail of one choice, reporting each that cannot be read and going on."""
    read = Details()
    for detail in details:
        text = detail.text.translate(MINUS).rstrip(". ")
        if text.lower() == "once":
            if read.once:
                problems.add("S307", detail.where, '"Once" is given twice.', "Keep one.")
            read.once = True
        elif CONDITION.match(text):
            condition = read_condition(text, detail.where, names, problems)
            read.conditions += [condition] if condition else []
        else:
            read_effects(detail, names, read, problems)
    return read


def read_effects(detail: Written, names: Names, read: Details, problems: Problems) -> None:
    """One line of effects, comma apart."""
    line, column = detail.where
    text = detail.text.translate(MINUS)
    at = 0
    for part in text.split(","):
        where = (line, column + at + len(part) - len(part.lstrip()))
        at += len(part) + 1
        words = part.strip().rstrip(".;")
        if len(words) > LONGEST_EFFECT:
            problems.add("S302", where, f"{quoted(words)} is not an effect.", effect_mend("", names))
        elif not words:
            problems.add("S302", where, "An effect is missing at a comma.", "Take the comma out.")
        elif found := SWITCH.fullmatch(words):
            read_switch(found, where, names, read, problems)
        elif found := CHANGE.fullmatch(words):
            read_change(found, where, names, read, problems)
        else:
            problems.add("S302", where, f"{quoted(words)} is not an effect.", effect_mend(words, names))


def effect_mend(words: str, names: Names) -> str:
    """How an effect that cannot be read was probably meant."""
    if found := re.fullmatch(r"([+-])\s*(\d+)\s+(.+)", words):
        return f"Write {found[3]} {found[1]}{found[2]}."
    if found := re.fullmatch(r"(.+?)\s*[:=]\s*([+-]?)\s*(\d+)", words):
        return f"Write {found[1]} {found[2] or '+'}{found[3]}."
    if found := re.fullmatch(r"(.+?)\s+(\d+)", words):
        return f"Write {found[1]} +{found[2]} or {found[1]} -{found[2]}."
    if found := re.fullmatch(r"(?i)only (if|unless) (.+)", words):
        return f"Write {found[1].capitalize()} {found[2]}."
    if found := re.fullmatch(r"(?i)(sets|add|raise|clears|unset|reset|remove) (.+)", words):
        verb = "set" if found[1].lower() in {"sets", "add", "raise"} else "clear"
        return f"Write {verb} {found[2]}."
    if names.kind(words) == "flag":
        return f"Write set {words} or clear {words}."
    if re.search(r"[+-]\s*\d+\s+(and\s+)?\S+.*[+-]\s*\d", words):
        return "Put a comma between two effects."
    if re.search(r"\d[.,]\d", words):
        return "Write a whole number."
    if re.match(r"(?i)(restart|repeat|one time|only once)", words):
        return 'Did you mean "Once"?'
    return "Write a name with a signed number, like Restrain +2, or `set` and a flag; put speech after a >."


def read_switch(found: re.Match[str], where: Where, names: Names, read: Details, problems: Problems) -> None:
    """`set flag` or `clear flag`."""
    verb, name = found["verb"].lower(), found["name"].strip()
    kind = names.kind(name)
    if kind in {"skill", "meter"}:
        mend = f"Write {name} +1 or {name} -1."
        problems.add("S311", where, f"{quoted(name)} is a {kind}, and only flags are set.", mend)
        return
    if not kind:
        names.report("S301", where, name, ("flag",), problems)
        return
    flag = names.flag(name)
    if flag in read.sets or flag in read.clears:
        problems.add("S307", where, f"{quoted(flag)} is changed twice by one choice.", "Keep one of the two.")
        return
    (read.sets if verb == "set" else read.clears).append(flag)


def read_change(found: re.Match[str], where: Where, names: Names, read: Details, problems: Problems) -> None:
    """A skill or a meter with a signed whole number."""
    if re.search(r"[+-]\s*\d|;", found["name"]):
        mend = "Put a comma between two effects."
        problems.add("S302", where, f"{quoted(found[0])} is more than one effect.", mend)
        return
    name, amount = found["name"].rstrip(": "), int(found["sign"] + found["amount"][:6])
    kind = names.kind(name)
    if kind == "flag":
        mend = f"Write set {name} or clear {name}."
        problems.add("S311", where, f"{quoted(name)} is a flag; it has no number.", mend)
        return
    if not kind:
        names.report("S301", where, name, ("skill", "meter"), problems)
        return
    if not -9 <= amount <= 9:
        problems.add(
            "S303", where, f"{amount:+d} is too much for one reply.", "Write a number from -9 to +9."
        )
    if amount == 0:
        problems.add(
            "S310", where, f"{quoted(found[0])} changes nothing.", "Give it a number, or take it out."
        )
    changed = read.points if kind == "skill" else read.changes
    key = names.skill(name) if kind == "skill" else names.meter(name)
    if key in changed:
        mend = "Add the two up and keep one."
        problems.add("S307", where, f"{quoted(name)} is changed twice by one choice.", mend)
    changed[key] = amount


def read_condition(text: str, where: Where, names: Names, problems: Problems) -> Condition | None:
    """`If …` or `Unless …`; None when a part of it cannot be read."""
    found = CONDITION.match(text)
    if found is None:
        return None
    words = found["tests"].strip().rstrip(".:")
    if len(words) > LONGEST_EFFECT * 3:
        problems.add(
            "S306", where, f"{quoted(words)} is no condition.", "Name a few flags and meters at most."
        )
        return None
    if re.search(
        r"(?i)\bor\s+(?!more\b|less\b|fewer\b|over\b|under\b|above\b|below\b|higher\b|lower\b)", words
    ):
        mend = "Write two choices or two routes, one for each."
        problems.add("S306", where, f"{quoted(words)} says or; a condition knows only and.", mend)
        return None
    read = [read_test(part.strip(), where, names, problems) for part in re.split(r"(?i)\s+and\s+|,", words)]
    tests = tuple(test for test in read if test is not None)
    if len(tests) < len(read):
        return None
    return Condition(tests, found["word"].lower() == "unless", words, where)


def read_test(words: str, where: Where, names: Names, problems: Problems) -> Test | None:
    for pattern, kind, shift in COMPARISONS:
        if found := pattern.fullmatch(words):
            return read_comparison(found[1], kind, int(found[2][:6]) + shift, where, names, problems)
    negated = re.fullmatch(r"(?i)not\s+(.+)", words)
    name = negated[1] if negated else words
    kind = names.kind(name)
    if kind == "flag":
        return Test(names.flag(name), wanted=not negated)
    if kind == "meter":
        mend = f"Compare it with a number, like {name} is 5 or more."
        problems.add("S306", where, f"{quoted(name)} is a meter.", mend)
    elif kind == "skill":
        skill_read(name, where, problems)
    elif not words:
        problems.add("S306", where, "The condition says nothing.", "Name a flag, or compare a meter.")
    elif found := re.fullmatch(r"(?i)(.+?)\s+is\s+(not\s+)?(?:set|on|true|clear|off|false)", name):
        problems.add(
            "S306",
            where,
            f"{quoted(words)} says more than a flag needs.",
            f"Write {found[1]} or not {found[1]}.",
        )
    elif found := re.fullmatch(r"(.+?)\s*([<>=≥≤]+)\s*(\d+)", words):
        problems.add("S306", where, f"{quoted(words)} is arithmetic.", symbol_mend(found))
    else:
        names.report("S305", where, name, ("flag",), problems)
    return None


def symbol_mend(found: re.Match[str]) -> str:
    name, sign, number = found[1], found[2], found[3]
    words = {">": f"over {number}", "<": f"under {number}", "=": f"is {number}", "==": f"is {number}"}
    least = {">=": "more", "≥": "more", "=>": "more"}
    return f"Write {name} {words.get(sign) or f'is {number} or ' + least.get(sign, 'less')}."


def read_comparison(
    name: str, kind: str, number: int, where: Where, names: Names, problems: Problems
) -> Test | None:
    """A meter compared with a number."""
    what = names.kind(name)
    if what == "skill":
        skill_read(name, where, problems)
        return None
    if what == "flag":
        problems.add(
            "S311", where, f"{quoted(name)} is a flag; it is on or off.", f"Write {name} or not {name}."
        )
        return None
    if not what:
        names.report("S305", where, name, ("meter",), problems)
        return None
    low = number if kind in {"least", "equal"} else 0
    high = number if kind in {"most", "equal"} else HIGHEST
    if number > names.most(name) + (kind == "most"):
        mend = f"Write a number from 0 to {names.most(name)}."
        problems.add("S303", where, f"{quoted(name)} never reaches {number}.", mend)
    return Test(names.meter(name), low=low, high=high)


def skill_read(name: str, where: Where, problems: Problems) -> None:
    mend = "Use a meter or a flag that the same replies change."
    problems.add("S304", where, f"{quoted(name)} is a skill, and no condition may read a skill.", mend)
