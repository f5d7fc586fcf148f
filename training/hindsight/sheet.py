"""What learners did in their checks, as rows of text for a spreadsheet. Practice is in no export."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _

from training.hindsight.page import CallPage
from training.hindsight.plays import Group
from training.hindsight.rows import SceneRows

CHECKS = (Group.FIRST, Group.LATER)


def sheet(page: CallPage) -> Iterator[list[str]]:
    """The page's own figures, a reply a row, then the endings; empty cells below five people."""
    yield [
        _("Scene"),
        _("Reply"),
        _("Leads to"),
        _("Line"),
        _("People, first check"),
        _("Percent, first check"),
        _("Seconds, first check"),
        _("People, later check"),
        _("Percent, later check"),
        _("Seconds, later check"),
    ]
    for scene in page.scenes:
        yield from _rows(scene)
    for ending in page.endings:
        first, later = (_number(ending.shares[which]) for which in CHECKS)
        people = [_number(page.people[which] or None) for which in CHECKS]
        yield [ending.title, _("the end"), "", "", people[0], first, "", people[1], later, ""]


def _rows(scene: SceneRows) -> Iterator[list[str]]:
    for reply in scene.replies:
        said = _("(nothing was said)") if reply.text is None else reply.text.striptags()
        cells = [scene.title, said, reply.leads_to, str(reply.line)]
        for which in CHECKS:
            cells += [_number(scene.people[which] or None), _number(reply.shares[which])]
            cells.append(_number(scene.seconds[which] or None))
        yield cells


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
