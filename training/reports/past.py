"""What stays with a team of somebody who left it: the results of the checks they finished in it."""

from sqlalchemy.orm import Session

from training.reports.done import done_by
from training.reports.queries import Call, titles_of
from training.reports.rules import CheckHistory


def past_checks(session: Session, team_id: int, person_id: int) -> tuple[tuple[Call, CheckHistory], ...]:
    """Every call with the checks finished in this team, the latest first; nothing done elsewhere."""
    theirs = done_by(session, person_id, team_id=team_id)
    titles = titles_of(session, list(theirs.checks)) if theirs.checks else {}
    checks = [(Call(slug, titles.get(slug, slug)), history) for slug, history in theirs.checks.items()]
    return tuple(sorted(checks, key=lambda pair: pair[1].latest.finished_at, reverse=True))
