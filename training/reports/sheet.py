"""The team's table as rows of text, for a spreadsheet."""

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import ngettext, to_user_timezone

from training.reports.queries import TeamReport
from training.reports.rules import Cell, Standing


def sheet(report: TeamReport) -> Iterator[list[str]]:
    """The same people, modules and results as on the page, one person a row."""
    header = [_("Name")]
    for module in report.modules:
        header += [module.title, _("%(title)s, due", title=module.title)]
    for call in report.calls:
        header += [
            _("%(title)s, first try", title=call.title),
            _("%(title)s, best", title=call.title),
            _("%(title)s, passed on", title=call.title),
        ]
    yield header
    for row in report.rows:
        cells = [row.member.name]
        for cell in row.cells:
            if cell is None:
                cells += [_("not asked"), ""]
                continue
            cells += [_standing(cell), cell.due_on.isoformat() if cell.due_on else ""]
        for history in row.checks:
            if history is None:
                cells += ["", "", ""]
                continue
            passed = history.passed
            day = to_user_timezone(passed.finished_at).date().isoformat() if passed else ""
            cells += [f"{history.first.shown}", f"{history.best.shown}", day]
        yield cells


def _standing(cell: Cell) -> str:
    if cell.finished_at is not None:
        return str(_("done %(day)s", day=to_user_timezone(cell.finished_at).date().isoformat()))
    steps = str(_("%(done)s of %(of)s", done=cell.done, of=cell.of))
    if cell.standing is Standing.LATE:
        late = ngettext("%(num)s day late", "%(num)s days late", cell.days)
        return f"{steps}, {late}"
    if cell.standing is Standing.WAITS:
        return str(_("after %(titles)s", titles=", ".join(cell.waits_for)))
    return steps
