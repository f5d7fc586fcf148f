"""Reads of teams and memberships."""

from sqlalchemy import ColumnElement, exists

from training.teams.models import Membership, Role


def leads_a_team(person_id: ColumnElement[int]) -> ColumnElement[bool]:
    """In SQL: does this person lead a team now? Part of the statement that loads every viewer."""
    return exists().where(
        Membership.person_id == person_id, Membership.role == Role.LEAD, Membership.left_at.is_(None)
    )
