"""Making issues in tests: the job as it runs, and the mails that it left in the outbox."""

import re
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select

from training.clock import now
from training.database import db, transaction
from training.mail.models import Mailing, Message
from training.settings import Settings
from training.tips.issuing import make_due_issues

ROOT = "http://127.0.0.1:8000"


def look(app: Flask) -> list[str]:
    """One round of the job; returns the weeks whose issue it made."""
    settings: Settings = app.extensions["settings"]
    with transaction() as session:
        made = make_due_issues(session, now(), site_zone=settings.time_zone, base_url=settings.base_url)
        return [f"{one.year}-W{one.week:02}" for one in made]


@dataclass(frozen=True)
class Mailed:
    """One reader's mail of an issue, as it waits in the outbox."""

    to: str
    key: str
    not_before: str
    tip: str
    stop: str
    change: str


def mailed() -> list[Mailed]:
    """Every mail of every issue, by week and address."""
    db.session.remove()
    rows = db.session().execute(
        select(Message, Mailing.key)
        .join(Mailing, Mailing.id == Message.mailing_id)
        .order_by(Mailing.key, Message.to_address)
    )
    return [
        Mailed(
            str(one.to_address),
            key,
            f"{one.not_before:%Y-%m-%dT%H:%M}",
            f"/t/tip/{(one.token_values or {}).get('tip')}",
            f"/t/tip-stop/{(one.token_values or {}).get('stop')}",
            f"/{(one.token_values or {}).get('change')}",
        )
        for one, key in rows
    ]


def mail_to(address: str) -> Mailed:
    return next(one for one in reversed(mailed()) if one.to == address)


def links_in(text: str) -> list[str]:
    return re.findall(r"https?://\S+", text)
