"""What a place in a team allows. Pure."""

import re
import unicodedata
from collections.abc import Container

from training.teams.models import Role

LONGEST_NAME = 80
# `/teams/new` is a page of its own.
RESERVED = frozenset({"new"})


def slug_for(name: str, taken: Container[str] = ()) -> str:
    """The address of a team called `name`: letters and digits of the Latin alphabet, joined by hyphens.

    One that is taken gets the next number; a name without any such letter is a `team`.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: LONGEST_NAME - 6].strip("-") or "team"
    slug, number = stem, 2
    while slug in taken or slug in RESERVED:
        slug, number = f"{stem}-{number}", number + 1
    return slug


def may_manage(role: Role | None, *, is_admin: bool) -> bool:
    """Invite, hand out sign-in codes, rename, end a membership."""
    return is_admin or role is Role.LEAD


def may_link(role: Role | None, *, is_admin: bool) -> bool:
    """Make and end links by which people join as learners."""
    return is_admin or role in (Role.LEAD, Role.TRAINER)


def may_write_card(role: Role | None, *, is_trainer: bool, is_admin: bool) -> bool:
    """Write the desk card: its lead, and everybody who trains."""
    return is_admin or is_trainer or role in (Role.LEAD, Role.TRAINER)


def may_see_progress(role: Role | None, *, is_admin: bool) -> bool:
    """See who stands where, and the results of checks. A trainer of other teams sees no names here."""
    return is_admin or role in (Role.LEAD, Role.TRAINER)
