"""The finding at the top of the lead's page, in words."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from training.assignments.queries import AskedModule, Member
from training.reports.queries import Row, TeamReport
from training.reports.rules import Cell, Standing
from training.reports.words import headline, number, summary
from training.teams.models import Role

AT = datetime(2026, 11, 1, tzinfo=UTC)
ANA = Member(1, "ana", "Ana", None, Role.LEARNER, AT, {})
MODULE = AskedModule(1, 1, "first-week", "First week", AT.date(), AT, ())


def report(late: int = 0, going: int = 0, done: int = 0, *, asked: bool = True) -> TeamReport:
    standings = [Standing.LATE] * late + [Standing.GOING] * going + [Standing.DONE] * done
    cells = [
        Cell(one, 1, 4, AT.date(), 3 if one is Standing.LATE else 0, AT if one is Standing.DONE else None)
        for one in standings
    ]
    rows = tuple(Row(ANA, (MODULE,), (cell,), ()) if asked else Row(ANA, (), (), ()) for cell in cells)
    return TeamReport((MODULE,) if asked else (), (), rows)


@pytest.mark.parametrize(
    ("given", "said", "under"),
    [
        (report(), "Nobody is in this team yet.", ""),
        (report(going=2, asked=False), "Nothing is asked of this team yet.", ""),
        (report(done=3), "Everybody has done what was asked.", ""),
        (report(going=3), "Everybody is on time.", ""),
        (report(going=2, done=1), "Everybody is on time.", "One has done everything that was asked."),
        (report(late=1, going=1), "One person could use a nudge.", "One of two is on time."),
        (
            report(late=2, going=3, done=4),
            "Two people could use a nudge.",
            "Seven of nine are on time. Four have done everything that was asked.",
        ),
        (report(late=13), "13 people could use a nudge.", ""),
    ],
)
def test_the_finding_is_a_sentence(app: Flask, given: TeamReport, said: str, under: str) -> None:
    assert headline(given) == said
    assert summary(given) == under


def test_numbers_are_words_up_to_twelve(app: Flask) -> None:
    assert [number(count) for count in (0, 12, 13)] == ["None", "Twelve", "13"]
