"""The few fields that a learner's forms carry, read strictly: nothing else of a request is believed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from training.attempts.models import AttemptKind
from training.errors import InvalidError

Fields = Mapping[str, Sequence[str]]
_WHOLE = re.compile(r"[0-9]{1,4}", re.ASCII)
_PUBLIC_ID = re.compile(r"[0-9a-z]{16}", re.ASCII)


@dataclass(frozen=True)
class Pick:
    """What a learner said: the step it answers, and the place of the reply as shown, from 1; 0 is silence."""

    step: int
    choice: int


@dataclass(frozen=True)
class Start:
    """What a learner wants to begin. `origin`: go back to `after` steps of that one; else a fresh call."""

    kind: AttemptKind
    origin: str = ""
    after: int = 0


def read_pick(fields: Fields) -> Pick:
    """Two whole numbers, each given once; anything else raises InvalidError."""
    return Pick(_whole(fields, "step"), _whole(fields, "choice"))


def read_start(fields: Fields) -> Start:
    """`kind` (practice where it is missing), and `from` with `after`; anything else raises InvalidError."""
    kind = _one(fields, "kind") if "kind" in fields else AttemptKind.PRACTICE.value
    if kind not in (AttemptKind.PRACTICE, AttemptKind.CHECK):
        raise InvalidError(_("A call is begun as practice or as a check."))
    if "from" not in fields:
        return Start(AttemptKind(kind))
    if kind != AttemptKind.PRACTICE:
        raise InvalidError(
            _("A check has no take-back: only practice can be played on from an earlier turn.")
        )
    origin = _one(fields, "from")
    if not _PUBLIC_ID.fullmatch(origin):
        raise InvalidError(_("That is not a call to go back to."))
    return Start(AttemptKind(kind), origin, _whole(fields, "after"))


def _one(fields: Fields, name: str) -> str:
    values = fields.get(name, ())
    if len(values) != 1:
        raise InvalidError(_("That reply could not be read. Nothing was changed."))
    return values[0]


def _whole(fields: Fields, name: str) -> int:
    text = _one(fields, name)
    if not _WHOLE.fullmatch(text):
        raise InvalidError(_("That reply could not be read. Nothing was changed."))
    return int(text)
