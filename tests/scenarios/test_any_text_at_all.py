"""Whatever is in a file: diagnostics, never an exception, and never more than a second."""

from __future__ import annotations

import time
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenarios import Reading, read_decision, read_front_matter, read_scenario
from scenarios.codes import CODES
from scenarios.fields import FIELDS
from tests.scenarios.generated import generate
from tests.scenarios.writing import EXAMPLE, LONG, shipped

DAMAGED = 3000 if LONG else 120
EXAMPLES = 2000 if LONG else 150
# One token a line, with escapes for what cannot be seen.
WRITTEN = (Path(__file__).parent / "tokens.txt").read_text(encoding="ascii").splitlines()
TOKENS = [token.encode().decode("unicode_escape") for token in WRITTEN]


def read_in_time(source: bytes | str) -> Reading:
    begun = time.process_time()
    reading = read_scenario(source, path="call.md", budget=20_000)
    assert time.process_time() - begun < 1.0
    return reading


def assert_sensible(reading: Reading, source: str) -> None:
    """Every diagnostic has a place in the file, a known code, a fault and a mend."""
    last = len(source.splitlines()) + 2
    for one in reading.diagnostics:
        assert one.code in CODES
        assert 1 <= one.line <= last
        assert one.column >= 1
        assert one.message
        assert one.mend
    assert reading.ok == (reading.compiled is not None)


def damaged(text: str, random: Random) -> str:
    """The text with one to five letters, lines or stretches lost, doubled, moved or made up."""
    for _ in range(random.randint(1, 5)):
        at, size = random.randrange(len(text)), random.choice((1, 1, 2, 8, 40, 400))
        piece = text[at : at + size]
        text = (
            random.choice(
                (
                    text[:at] + text[at + size :],
                    text[:at] + piece + text[at:],
                    text[:at] + random.choice(TOKENS) + text[at:],
                    text[:at] + piece[::-1] + text[at + size :],
                    text[at:] + text[:at],
                    text[:at] + piece.swapcase() + text[at + size :],
                )
            )
            or "x"
        )
    return text


def test_randomly_damaged_files_never_break_the_reader() -> None:
    random = Random(11)
    bases = [EXAMPLE, *shipped().values(), generate(3), generate(4, 12, 3, 3)]
    for _ in range(DAMAGED):
        text = damaged(random.choice(bases), random)
        assert_sensible(read_in_time(text), text)


def test_damaged_bytes_never_break_the_reader() -> None:
    random = Random(12)
    for _ in range(50):
        source = bytearray(EXAMPLE.encode())
        for _ in range(3):
            source[random.randrange(len(source))] = random.randrange(256)
        read_in_time(bytes(source))


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(TOKENS), max_size=60))
def test_any_sequence_of_the_grammar_s_tokens_is_read(tokens: list[str]) -> None:
    text = "".join(tokens)
    assert_sensible(read_in_time(text), text)
    front = "title: A\nskills: [restrain]\nmeters:\n  temper: 5 of 10\nflags: [knows]\n"
    body = f"---\n{front}---\n## Scene 1\n{text}"
    assert_sensible(read_in_time(body), body)


@settings(max_examples=EXAMPLES // 2, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(TOKENS), max_size=40))
def test_front_matter_and_decisions_of_any_tokens_are_read(tokens: list[str]) -> None:
    text = "".join(tokens)
    read_front_matter(f"---\n{text}\n---\n", FIELDS)
    read_front_matter(text, FIELDS)
    read_decision(text, 7)


@settings(max_examples=EXAMPLES // 2, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert_sensible(read_in_time(text), text)


HEADS = {"bare": "", "scene": EXAMPLE.split("# The")[0] + "## One\n", "front": "---\n"}
HUGE = 256 * 1024
BIG = {
    "one line": "x",
    "brackets": "[",
    "closing brackets": "](",
    "ticks": "`",
    "ticks of growing length": "` `` ``` ",
    "stars": "*",
    "bold names": "**a:** ",
    "quotes": "> ",
    "quoted voices": "> **M:** x\n",
    "headings": "## A\n",
    "different headings": "",
    "choices": "- [x](#y)\n",
    "open choices": "- [x\n",
    "open links over lines": "- [x\ny\n",
    "effects": "  - Restrain +1\n",
    "commas": "  - ,,,,,,,,,,,,\n",
    "conditions": "  - If a and b and c\n",
    "deep indents": "        - x\n",
    "glossary": "*[a]: b\n",
    "html": "<b>",
    "half html": "<a ",
    "spaces": " ",
    "tabs": "\t",
    "newlines": "\n",
    "fields": "a: b\n",
    "flow": "{a: [",
    "capitals": "AB ",
    "sentences": "Ab. ",
    "unknown links": "- [x](#abcdefgh)\n\n## Abcdefgi\n",
}


@pytest.mark.parametrize("unit", BIG.values(), ids=BIG)
@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_a_quarter_of_a_megabyte_of_anything_takes_less_than_a_second(head: str, unit: str) -> None:
    filler = unit * ((HUGE - len(head)) // len(unit)) if unit else numbered_headings(HUGE - len(head) - 50)
    read_in_time(head + filler)


EVIL = {
    "links without an end": "](",
    "scene links without an end": "](#",
    "growing ticks": "<b" + "".join("`" * size + " " for size in range(1, 300)),
    "gaps": "If" + " " * 400,
    "a bold name and a gap": "**a" + " " * 400,
    "brackets": "[a",
    "words alike": "word ",
    "stops": "?!.",
    "letters": "a",
    "capitals": "AB,",
}
PLACES = {
    "told": "You have been on the desk since six.",
    "said": "Are you calling me a liar?",
    "chosen": "That is our policy.",
    "an effect": "Restrain -2, temper +3",
    "a condition": "knows-the-fault\n  - Redirect +3, temper -3",
    "a field": "The attacking customer",
}


@pytest.mark.parametrize("unit", EVIL.values(), ids=EVIL)
@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_one_monstrous_line_in_a_sound_scenario_takes_less_than_a_second(place: str, unit: str) -> None:
    size = 20_000 if place == PLACES["a field"] else HUGE - len(EXAMPLE.encode()) - 1000
    read_in_time(EXAMPLE.replace(place, unit * (size // len(unit)), 1))


def test_many_empty_routes_take_less_than_a_second() -> None:
    routes = [
        f"## R{at}\n\n- If knows-the-fault: [a](#r{at + 1})\n- Otherwise: [b](#r{at + 1})\n\n"
        for at in range(80)
    ]
    text = EXAMPLE.replace("(#whose-fault)", "(#r0)").replace("## Whose fault", "".join(routes) + "## R80")
    read_in_time(text)


def numbered_headings(size: int) -> str:
    lines: list[str] = []
    while sum(map(len, lines[-1:])) + len(lines) * 24 < size:
        lines.append(f"## Scene {len(lines):06}\n\ntext\n")
    return "".join(lines)[:size]
