"""Hints on wording: long sentences, shouting, choices much alike, idioms, the glossary, reading grade."""

from __future__ import annotations

import difflib
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from scenarios.diagnostics import Problems, quoted
from scenarios.idioms import IDIOMS
from scenarios.slugs import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scenarios.document import Where
    from scenarios.scenario import Scenario, Scene

MOST_WORDS = 30
HARDEST_GRADE = 9.0
ALIKE = 0.85
MOST_COMPARED = 60
MOST_TERMS = 200
SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+|\n{2,}")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
SHOUTED = re.compile(r"\b[^\W\d_a-zà-ÿ]{2,}(?:[ ,!]+[^\W\d_a-zà-ÿ]{2,})+\b")
MARKS = re.compile(r"\]\([^)\s]{0,120}\)|[*_`>\[\]]")


def find_wording(scenario: Scenario, problems: Problems) -> None:
    """Report every W diagnostic of a scenario."""
    pieces = [(where, MARKS.sub("", text)) for where, text in prose_of(scenario)]
    for where, text in pieces:
        find_long(text, where, problems)
        find_shouting(text, where, problems)
    for scene in scenario.scenes:
        find_alike(scene, problems)
    find_unused_terms(scenario, pieces, problems)
    if scenario.language.lower().split("-")[0] == "en":
        find_idioms(scenario, pieces, problems)
        find_grade(pieces, problems)


def prose_of(scenario: Scenario) -> Iterator[tuple[Where, str]]:
    """Every piece of prose that a learner reads, with its place."""
    yield from ((line.where, line.text) for line in scenario.briefing)
    for scene in scenario.scenes:
        yield from ((line.where, line.text) for line in scene.lines)
        for choice in scene.choices:
            yield choice.where, choice.text
            for line in (*choice.reaction, *choice.thoughts, *choice.coaching):
                yield line.where, line.text
        yield from ((route.where, route.text) for route in scene.routes)
        if scene.timer:
            yield scene.timer.where, scene.timer.text
        if scene.ending:
            yield scene.where, scene.ending.text
        if scene.hint:
            yield scene.where, scene.hint


def find_long(text: str, where: Where, problems: Problems) -> None:
    for sentence in SENTENCE_END.split(text):
        count = len(WORD.findall(sentence))
        if count > MOST_WORDS:
            fault = f"A sentence of {count} words: {quoted(sentence)}."
            problems.add("W602", where, fault, "Cut it in two.")
            return


def find_shouting(text: str, where: Where, problems: Problems) -> None:
    for found in SHOUTED.finditer(text):
        if sum(letter.isalpha() for letter in found[0]) >= 6:
            mend = "Write it in small letters, and let the words be loud."
            problems.add("W603", where, f"{quoted(found[0])} shouts.", mend)
            return


def find_alike(scene: Scene, problems: Problems) -> None:
    texts = [fold(choice.text).split("-")[:MOST_COMPARED] for choice in scene.choices]
    for at, choice in enumerate(scene.choices):
        for other in range(at):
            matcher = difflib.SequenceMatcher(None, texts[other], texts[at], autojunk=False)
            if len(texts[at]) > 3 and matcher.quick_ratio() > ALIKE and matcher.ratio() > ALIKE:
                fault = f"{quoted(choice.text)} reads almost like {quoted(scene.choices[other].text)}."
                problems.add("W604", choice.where, fault, "Put the difference into the words.")
                break


def find_idioms(scenario: Scenario, pieces: list[tuple[Where, str]], problems: Problems) -> None:
    """The first use of each idiom that no glossary entry explains."""
    explained = [fold(term.term) for term in scenario.glossary]
    left = {
        fold(idiom): idiom
        for idiom in IDIOMS
        if not any(fold(idiom) in term or term in fold(idiom) for term in explained)
    }
    whole = f"-{fold(' '.join(text for _, text in pieces))}-"
    left = {key: idiom for key, idiom in left.items() if f"-{key}-" in whole}
    for where, text in pieces:
        words = f"-{fold(text)}-" if left else ""
        for key in [key for key in left if f"-{key}-" in words]:
            idiom = left.pop(key)
            mend = f"Add a line *[{idiom}]: and what it means, or say it plainly."
            problems.add("W605", where, f"{quoted(idiom)} may puzzle a reader in a second language.", mend)


def find_unused_terms(scenario: Scenario, pieces: list[tuple[Where, str]], problems: Problems) -> None:
    texts = [*(text for _, text in pieces), *scenario.facts, scenario.summary, scenario.warning]
    words = "\n".join(f"-{fold(text)}" for text in texts)
    for term in scenario.glossary[:MOST_TERMS]:
        stems = [part[: max(3, len(part) - 3)] for part in fold(term.term).split("-")]
        if not re.search(".{0,40}?".join(f"-{re.escape(stem)}" for stem in stems), words):
            mend = "Use it, or take the entry out."
            problems.add("W606", term.where, f"{quoted(term.term)} stands nowhere in the text.", mend)


def find_grade(pieces: list[tuple[Where, str]], problems: Problems) -> None:
    """The Flesch-Kincaid grade of the whole (Kincaid and others, 1975)."""
    sentences = words = syllables = 0
    for _, text in pieces:
        found = WORD.findall(text)
        words += len(found)
        syllables += sum(map(syllables_of, found))
        sentences += max(1, sum(1 for one in SENTENCE_END.split(text) if WORD.search(one))) if found else 0
    if words < 100:
        return
    grade = 0.39 * words / sentences + 11.8 * syllables / words - 15.59
    if grade > HARDEST_GRADE:
        mend = "Shorten sentences first, then words."
        problems.add("W601", (1, 1), f"The text reads like school year {grade:.0f}.", mend)


@lru_cache(maxsize=8192)
def syllables_of(word: str) -> int:
    groups = len(re.findall(r"[aeiouyà-ÿ]+", word.lower()))
    silent = word.lower().endswith("e") and not word.lower().endswith(("le", "ee")) and groups > 1
    return max(1, groups - silent)
