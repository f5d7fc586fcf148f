"""What every lesson that ships keeps to, so that a reader is never let down by one of them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from scenarios import (
    Catalogue,
    Field,
    FrontMatter,
    LessonDecision,
    load_catalogue,
    read_decision,
    read_front_matter,
    split_decision,
    whole,
)

CONTENT = Path(__file__).parents[2] / "content"
FIELDS = (
    Field("title", required=True),
    Field("teaser", required=True),
    Field("date", required=True, read=date.fromisoformat),
    Field("minutes", required=True, read=whole(2, 5)),
    Field("topics", "many", required=True, commas=True),
    Field("skills", "many", required=True, commas=True),
    Field("scenario", default=""),
    Field("related", "many", default=(), commas=True),
    Field("author", required=True),
)
TOPICS = {"heat", "blame", "presence", "complaints", "triage", "busy season", "crisis", "teams", "honesty"}
TOPICS |= {"service"}
TERM = re.compile(r"^\*\[([^\]]+)\]: \S.*$", re.MULTILINE)


@dataclass(frozen=True)
class Lesson:
    slug: str
    front: FrontMatter
    prose: str
    decision: LessonDecision

    def many(self, name: str) -> tuple[str, ...]:
        value = self.front.values[name]
        assert isinstance(value, tuple)
        return value

    @property
    def day(self) -> date:
        value = self.front.values["date"]
        assert isinstance(value, date)
        return value

    @property
    def totals(self) -> list[int]:
        return [sum(amount for _, amount in reply.points) for reply in self.decision.replies]


def read_lesson(path: Path, catalogue: Catalogue) -> Lesson:
    front = read_front_matter(path.read_text(encoding="utf-8"), FIELDS, path=path.name)
    assert not front.diagnostics, "\n".join(map(str, front.diagnostics))
    prose, section, line = split_decision(front.body, front.body_line)
    assert section is not None, f"{path.name} has no section ## Your call"
    reading = read_decision(section, line, path=path.name, catalogue=catalogue)
    assert reading.decision is not None, "\n".join(map(str, reading.diagnostics))
    assert not reading.diagnostics, "\n".join(map(str, reading.diagnostics))
    return Lesson(path.stem, front, prose, reading.decision)


@pytest.fixture(scope="module")
def lessons() -> list[Lesson]:
    catalogue = load_catalogue(CONTENT)
    found = [read_lesson(path, catalogue) for path in (CONTENT / "lessons").glob("*.md")]
    return sorted(found, key=lambda lesson: lesson.day)


def test_one_tip_comes_out_every_monday(lessons: list[Lesson]) -> None:
    first = lessons[0].day

    assert first.weekday() == 0
    assert [lesson.day for lesson in lessons] == [first + timedelta(weeks=n) for n in range(len(lessons))]


def test_a_tip_is_read_in_a_few_minutes(lessons: list[Lesson]) -> None:
    for lesson in lessons:
        assert 300 <= len(TERM.sub("", lesson.prose).split()) <= 600, lesson.slug
        assert len(str(lesson.front.values["teaser"])) < 160, lesson.slug


def test_every_tip_leads_on_to_something_that_exists(lessons: list[Lesson]) -> None:
    slugs = {lesson.slug for lesson in lessons}
    for lesson in lessons:
        scenario = lesson.front.values["scenario"]
        assert lesson.many("related"), lesson.slug
        assert set(lesson.many("related")) <= slugs - {lesson.slug}, lesson.slug
        assert not scenario or (CONTENT / "scenarios" / f"{scenario}.md").is_file(), lesson.slug


def test_topics_are_few_and_known(lessons: list[Lesson]) -> None:
    for lesson in lessons:
        assert 1 <= len(lesson.many("topics")) <= 3, lesson.slug
        assert set(lesson.many("topics")) <= TOPICS, lesson.slug


def test_a_decision_has_one_best_reply_and_tells_what_each_did(lessons: list[Lesson]) -> None:
    for lesson in lessons:
        assert 3 <= len(lesson.decision.replies) <= 4, lesson.slug
        assert lesson.totals.count(max(lesson.totals)) == 1, lesson.slug
        for reply in lesson.decision.replies:
            assert len(reply.reaction) == len(reply.coaching) == 1, f"{lesson.slug}: {reply.text}"
            assert all(-3 <= amount <= 3 for _, amount in reply.points), f"{lesson.slug}: {reply.text}"


def test_a_lesson_names_the_skills_that_its_decision_trains(lessons: list[Lesson]) -> None:
    for lesson in lessons:
        trained = {skill for reply in lesson.decision.replies for skill, _ in reply.points}
        assert set(lesson.many("skills")) == trained, lesson.slug


def test_neither_place_nor_length_gives_the_best_reply_away(lessons: list[Lesson]) -> None:
    best_places = Counter(lesson.totals.index(max(lesson.totals)) for lesson in lessons)
    longest = 0
    for lesson in lessons:
        lengths = [len(reply.text) for reply in lesson.decision.replies]
        longest += lengths[lesson.totals.index(max(lesson.totals))] == max(lengths)

    assert max(best_places.values()) <= 0.4 * len(lessons)
    assert longest <= 0.4 * len(lessons)


def test_every_word_explained_stands_in_its_lesson(lessons: list[Lesson]) -> None:
    for lesson in lessons:
        text = TERM.sub("", lesson.front.body)
        for word in TERM.findall(lesson.front.body):
            assert word in text, f"{lesson.slug}: {word}"


def test_nobody_shouts() -> None:
    for path in CONTENT.glob("*/*.md"):
        if path.parent.name != "scenarios":
            assert "!" not in path.read_text(encoding="utf-8").replace("![", "["), path.name
