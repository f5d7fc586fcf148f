"""Pictures that were sent from the studio: kept in the database, so that every host has them."""

from __future__ import annotations

import re
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete, exists, or_, select
from sqlalchemy.orm import Session

from training.errors import ConflictError
from training.library.formats.pictures import Picture
from training.library.models import MediaFile, RevisionBuild
from training.library.models import Picture as Kept

_NAMED = re.compile(r"\]\(\.\./media/([a-z0-9][a-z0-9.-]{0,79})[\s)]")


def sent_pictures(session: Session) -> dict[str, Picture]:
    """Every picture that was sent, by name, without its body: a text needs its address and its size."""
    rows = session.execute(
        select(MediaFile.name, MediaFile.picture_name, Kept.mimetype, MediaFile.width, MediaFile.height)
        .join(Kept, Kept.name == MediaFile.picture_name)
        .order_by(MediaFile.name)
    )
    return {row[0]: Picture(*row[1:], body=b"") for row in rows}


def sent_body(session: Session, name: str) -> bytes | None:
    query = select(Kept.body).join(MediaFile, MediaFile.picture_name == Kept.name)
    return session.execute(query.where(MediaFile.name == name)).scalar()


def keep_picture(session: Session, name: str, picture: Picture, at: datetime) -> None:
    """Keep a picture under a name. The same one again changes nothing; another one: ConflictError."""
    held = session.execute(select(MediaFile.picture_name).where(MediaFile.name == name)).scalar()
    if held is not None and held != picture.name:
        raise ConflictError(_("Another picture has that name."))
    if held is not None:
        return
    if session.get(Kept, picture.name) is None:
        kept = Kept(name=picture.name, mimetype=picture.mimetype, body=picture.body, created_at=at)
        session.add(kept)
        session.flush()
    width, height = picture.width, picture.height
    made = MediaFile(name=name, picture_name=picture.name, width=width, height=height, sent_at=at)
    session.add(made)
    session.flush()


def forget_picture(session: Session, name: str) -> None:
    """Take away a picture that was sent, and its bytes where nothing else has them. No text may show it."""
    held = session.scalars(select(MediaFile).where(MediaFile.name == name).with_for_update()).one()
    picture_name = held.picture_name
    session.delete(held)
    session.flush()
    # A file beside the texts, or another name, may be the same picture.
    shown = RevisionBuild.body.contains(f"/media/{picture_name}", autoescape=True)
    named = exists().where(MediaFile.picture_name == picture_name)
    if not session.scalar(select(or_(named, exists().where(shown)))):
        session.execute(delete(Kept).where(Kept.name == picture_name))


def names_in(text: str) -> frozenset[str]:
    """The pictures that a text names as `../media/x.png`."""
    return frozenset(_NAMED.findall(text))
