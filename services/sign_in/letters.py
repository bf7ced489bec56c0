# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Letters: what is owed to a person by mail. The duty holds an id and what to say, never an address and never a secret."""

from typing import Any

from sqlalchemy import Connection

from ledger.canonical import canonical_text
from services.desk import Desk
from storage import outbox

DUTY = "mail"
LINK = "sign_in_link"
CHANGED = "account_changed"
GLASS_BROKEN = "glass_broken"
ENTERED = "entered_in_your_name"
ROSTER_CHANGED = "roster_changed"
INVITED = "invited_to_sign"


def owe_letter(desk: Desk, connection: Connection, person: str, event: str, **facts: Any) -> None:
    """A letter to a person, sent by the beat or sooner. `facts` are codes and instants."""
    duty = desk.identifiers.new()
    outbox.add(
        connection,
        duty_id=duty,
        duty=DUTY,
        subject=subject_of(person),
        payload=canonical_text({"person": person, "event": event, **facts}),
        key=f"{DUTY}/{duty}",
        now=desk.now(),
    )


def subject_of(person: str) -> str:
    """What a letter to a person is about, in the outbox."""
    return f"person/{person}"
