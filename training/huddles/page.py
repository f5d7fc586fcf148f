"""What the pages of one huddle show, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import current_app, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.orm import Session

from training.huddles.decisions import HuddleDecision, load_decision
from training.huddles.models import Way
from training.huddles.queries import HuddleSeen, count_votes, counts_of
from training.huddles.rules import Shares, question_for, shares_of, spaced_code
from training.library.models import Kind
from training.settings import Settings
from training.teams.queries import TeamSeen
from training.web.qr import qr_code


@dataclass(frozen=True)
class HuddlePage:
    """A huddle for its team. `votes` is how many phones have voted; `shares` are None before the reveal."""

    team: TeamSeen
    huddle: HuddleSeen
    decision: HuddleDecision
    counts: Mapping[Way, Mapping[int, int]]
    votes: int
    shares: Shares | None
    is_open: bool

    @property
    def may_run(self) -> bool:
        return self.team.may_write_card

    @property
    def is_from_checks(self) -> bool:
        return self.huddle.chosen.kind is Kind.SCENARIO

    @property
    def code(self) -> str:
        return spaced_code(self.huddle.code)

    @property
    def join_page(self) -> str:
        """The address to type, as people read it: without the scheme."""
        return _address(url_for("huddle_room.join")).split("://", 1)[-1]

    @property
    def join_address(self) -> str:
        return _address(url_for("huddle_room.show", public_id=self.huddle.public_id))

    @property
    def qr(self) -> Markup:
        return qr_code(self.join_address)

    @property
    def hands(self) -> int:
        return sum(self.counts[Way.HANDS].values())

    @property
    def question(self) -> str:
        return question(question_for(self.decision.bands, self.shares))


def huddle_page(session: Session, team: TeamSeen, huddle: HuddleSeen, at: datetime) -> HuddlePage:
    """Three statements at most, beside those for the team and the huddle."""
    counts = counts_of(session, huddle.id)
    votes = sum(counts[Way.PHONES].values()) if huddle.is_closed else count_votes(session, huddle.id)
    shares = shares_of(counts[Way.PHONES], counts[Way.HANDS]) if huddle.revealed_at else None
    decision = load_decision(session, huddle.chosen)
    return HuddlePage(team, huddle, decision, counts, votes, shares, huddle.is_open(at))


def _address(path: str) -> str:
    """From the configured base URL, never from a request's host."""
    settings = cast("Settings", current_app.extensions["settings"])
    return settings.base_url.rstrip("/") + path


def question(kind: str) -> str:
    """The one question to discuss."""
    words = {
        "open": _("What would you say here, in words that are really yours?"),
        "agreed": _("Most of us chose well here. What makes it hard to say on a bad day?"),
        "tempted": _("What makes the reply that most of us chose so tempting, and what does it cost?"),
        "divided": _("We chose differently. When would each of these be the right thing to say?"),
    }
    return str(words[kind])
