"""The words of the mails: by when, how far, and what a lead can say to somebody."""

from datetime import date

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from training.reports.rules import Cell


def when(due_on: date, days_late: int) -> str:
    """By when, in words that shame nobody."""
    if days_late:
        return str(_("was due on %(day)s", day=format_date(due_on, "d MMMM")))
    return str(_("due %(day)s", day=format_date(due_on, "EEEE d MMMM")))


def how_far(cell: Cell) -> str:
    """What is done and what is left."""
    if cell.waits_for:
        return str(_("it comes after %(titles)s", titles=", ".join(cell.waits_for)))
    if cell.done:
        return str(_("%(done)s of %(of)s steps done", done=cell.done, of=cell.of))
    return str(ngettext("%(num)s step", "%(num)s steps", cell.of))


def what_to_say(title: str, cell: Cell) -> str:
    """A sentence or two that shames nobody and offers something."""
    left = cell.of - cell.done
    if cell.waits_for:
        return str(
            _(
                "%(title)s comes after %(before)s. Shall we find a quiet hour for the first of them?",
                title=title,
                before=", ".join(cell.waits_for),
            )
        )
    if not cell.done:
        return str(
            _(
                "Is there a quiet quarter of an hour for %(title)s this week? I can take your calls.",
                title=title,
            )
        )
    return str(
        ngettext(
            "One step of %(title)s is left. Shall I take your calls while you do it?",
            "You have done %(done)s of %(of)s steps of %(title)s. Shall we find half an hour for the rest?",
            left,
            title=title,
            done=cell.done,
            of=cell.of,
        )
    )
