"""Reads of certificates: what anybody may know of one, and the whole for its owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from training.assignments.rules import module_progress
from training.certificates.models import Certificate
from training.errors import NotFoundError
from training.library.builds import ModuleEntry
from training.library.models import Kind
from training.library.queries import Published, find_published, load_module
from training.reports.done import done_by
from training.viewer import Viewer


@dataclass(frozen=True)
class CertificateSeen:
    """What its address tells anybody. `is_kept` is false once its owner was erased: then there is no name."""

    public_id: str
    name: str
    title: str
    finished_at: datetime
    is_kept: bool
    is_own: bool


@dataclass(frozen=True)
class Took:
    """One thing that the module asked for."""

    title: str
    rule: str


@dataclass(frozen=True)
class CertificateSheet:
    """The page to print: what is certified, and what it took."""

    certificate: CertificateSeen
    language: str
    took: tuple[Took, ...]


@dataclass(frozen=True)
class Finished:
    """A module that somebody has finished, as it is published now, and when."""

    module: Published
    finished_at: datetime


def find_certificate(session: Session, public_id: str, viewer: Viewer | None) -> CertificateSeen:
    """A certificate for whoever has its address; NotFoundError where there never was one."""
    row = _row(session, public_id)
    is_kept = row.person_id is not None
    is_own = is_kept and viewer is not None and row.person_id == viewer.id
    name = row.name if is_kept else ""
    return CertificateSeen(row.public_id, name, row.title, row.finished_at, is_kept, is_own)


def find_sheet(session: Session, public_id: str, viewer: Viewer) -> CertificateSheet:
    """The page to print, for its owner alone."""
    certificate = find_certificate(session, public_id, viewer)
    viewer.require(certificate.is_own)
    module = load_module(session, _row(session, public_id).revision_id)
    return CertificateSheet(certificate, module.language, _took(module.counting))


def _took(entries: Sequence[ModuleEntry]) -> tuple[Took, ...]:
    return tuple(Took(entry.title, entry.rule) for entry in entries)


def _row(session: Session, public_id: str) -> Certificate:
    row = session.scalar(select(Certificate).where(Certificate.public_id == public_id))
    if row is None:
        raise NotFoundError
    return row


def find_finished(session: Session, slug: str, person_id: int) -> Finished:
    """A published module that this person has finished; NotFoundError for any other."""
    module = find_published(session, Kind.MODULE, slug)
    entries = load_module(session, module.revision_id).entries
    done = done_by(session, person_id)
    finished_at = module_progress(entries, done.completions, done.passed).finished_at
    if finished_at is None:
        raise NotFoundError
    return Finished(module, finished_at)
