"""Rows of signing in: found by digest, ended together, counted, forgotten."""

from collections.abc import Iterable

from sqlalchemy import Connection, update

from storage.tables.sign_in import sessions


def end_sessions_of(connection: Connection, persons: Iterable[str], at: str) -> int:
    """Ends every living session of these persons; how many."""
    living = update(sessions).where(sessions.c.person.in_(tuple(persons)), sessions.c.ended_at.is_(None))
    return connection.execute(living.values(ended_at=at)).rowcount
