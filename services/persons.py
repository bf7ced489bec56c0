"""Persons: who acts. Events know only a random id; what somebody is called stands here and can be erased."""

from sqlalchemy import Connection, func, insert, select

from services.desk import Desk
from storage.tables import persons


def add_specimen(desk: Desk, connection: Connection, name: str) -> str:
    """The id of a new person of a walked case, who is nobody."""
    person = desk.identifiers.new()
    row = {"id": person, "name": name, "kind": "person", "specimen": 1, "created_at": desk.now()}
    connection.execute(insert(persons), row)
    return person


def hold_real_seats(connection: Connection) -> bool:
    """Whether real people act here; machines that act through tokens do not count."""
    real = select(func.count()).where(persons.c.kind == "person", persons.c.specimen == 0)
    return bool(connection.scalar(real))
