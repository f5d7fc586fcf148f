"""What the report says in words: a finding, not a figure."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from training.reports.queries import TeamReport

_NUMBERS = (
    _l("None"),
    _l("One"),
    _l("Two"),
    _l("Three"),
    _l("Four"),
    _l("Five"),
    _l("Six"),
    _l("Seven"),
    _l("Eight"),
    _l("Nine"),
    _l("Ten"),
    _l("Eleven"),
    _l("Twelve"),
)


def number(count: int) -> str:
    """A count as it begins a sentence: in words up to twelve."""
    return str(_NUMBERS[count]) if count < len(_NUMBERS) else str(count)


def headline(report: TeamReport) -> str:
    """The one finding of the page."""
    late = len(report.nudges)
    if not report.rows:
        return str(_("Nobody is in this team yet."))
    if not report.asked:
        return str(_("Nothing is asked of this team yet."))
    if late:
        one, several = "%(count)s person could use a nudge.", "%(count)s people could use a nudge."
        return str(ngettext(one, several, late, count=number(late)))
    if report.finished == report.asked:
        return str(_("Everybody has done what was asked."))
    return str(_("Everybody is on time."))


def summary(report: TeamReport) -> str:
    """What stands under the headline; "" where the headline says it all."""
    people = report.asked
    if not people:
        return ""
    on_time = people - len(report.nudges)
    said = []
    if report.nudges and on_time:
        said.append(
            ngettext(
                "%(some)s of %(all)s is on time.",
                "%(some)s of %(all)s are on time.",
                on_time,
                some=number(on_time),
                all=number(people).lower(),
            )
        )
    if 0 < report.finished < people:
        said.append(
            ngettext(
                "%(some)s has done everything that was asked.",
                "%(some)s have done everything that was asked.",
                report.finished,
                some=number(report.finished),
            )
        )
    return " ".join(said)
