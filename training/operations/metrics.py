"""`/metrics` for Prometheus, where TRAINING_METRICS_TOKEN is set: what the database knows, from any site.

How long answers take stands in the log and in the proxy's own metrics; here is what only the site can tell.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import cast

from flask import Blueprint, Flask, Response, abort, current_app, request
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from training.accounts.models import SignInSession
from training.attempts.models import Attempt, Step
from training.clock import now
from training.database import db
from training.mail.models import Message, MessageState
from training.operations.backups.shelf import list_backups
from training.settings import Settings
from training.web import Access, allow

bp = Blueprint("metrics", __name__)
ACTIVE = timedelta(minutes=15)


def init(app: Flask) -> None:
    """Nothing is there unless a token is set: an address that nobody asked for is one less to guard."""
    if cast("Settings", app.extensions["settings"]).metrics_token:
        app.register_blueprint(bp)


@bp.get("/metrics")
@allow(Access.ANYONE)
def show() -> Response:
    """For whoever holds the token; for everybody else the page is not there."""
    settings = cast("Settings", current_app.extensions["settings"])
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not hmac.compare_digest(given.encode(), settings.metrics_token.encode()):
        abort(404)
    registry = CollectorRegistry()
    registry.register(_Known(db.session(), settings, now()))
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class _Known(Collector):
    """Every figure with one cheap statement: the newest id counts rows that are never deleted."""

    def __init__(self, session: Session, settings: Settings, at: datetime) -> None:
        self.session = session
        self.settings = settings
        self.at = at

    def collect(self) -> Iterator[Metric]:
        for name, said, column in (
            ("zanshin_attempts", "Calls begun since the database was made.", Attempt.id),
            ("zanshin_answers", "Replies recorded since the database was made.", Step.id),
        ):
            yield CounterMetricFamily(name, said, self.session.scalar(select(func.max(column))) or 0)
        active = select(func.count()).where(
            SignInSession.ended_at.is_(None), SignInSession.seen_at > self.at - ACTIVE
        )
        yield GaugeMetricFamily(
            "zanshin_active_sessions", "Browsers used in the last 15 minutes.", self.session.scalar(active)
        )
        yield self._mails()
        yield from self._backups()

    def _mails(self) -> Metric:
        mails = GaugeMetricFamily("zanshin_mails", "Mails in the outbox, by state.", labels=["state"])
        counted = select(Message.state, func.count().label("mails")).group_by(Message.state)
        found = {row.state: row.mails for row in self.session.execute(counted)}
        for state in MessageState:
            mails.add_metric([state.value], found.get(state.value, 0))
        return mails

    def _backups(self) -> Iterator[Metric]:
        if backups := list_backups(self.settings.backups):
            age = (self.at - backups[0].made_at).total_seconds()
            yield GaugeMetricFamily("zanshin_backup_age_seconds", "How old the newest backup is.", age)
