"""Examples of answers, one per operation, as the description of the API shows them."""

from typing import Any

EXCHANGE = {
    "exchange": "01a20afe-56ea-7afc-96b1-f7a6353f00da",
    "reference": "SSC-2026-0042",
    "stage": "demand",
    "lifecycle": "active",
    "version": 5,
    "item": None,
}
AGREEMENT = {
    "agreement": "01a20b00-ec2d-7dd3-bcda-c76ffb2c0d91",
    "reference": "AGR-2026-0007",
    "status": "negotiation",
    "text_version": 0,
    "version": 2,
}
MOVES = {
    "moves": [
        {
            "move": "begin_commitment",
            "to": "commitment",
            "allowed": False,
            "who_may": ["party:BR", "party:PE", "secretariat"],
            "missing": [
                {
                    "code": "match_accepted",
                    "need": "each party says its acceptance",
                    "who_could": ["party:PE"],
                    "cure": "acceptance",
                }
            ],
            "advice": [],
            "lapsed": [],
            "excused": {},
        }
    ]
}
LINE = {
    "exchange": EXCHANGE["exchange"],
    "reference": "SSC-2026-0042",
    "title": "Natural rubber",
    "programme": "regional-initiative",
    "stage": "demand",
    "lifecycle": "active",
    "weight": "standard",
    "door": "offer",
    "lap": 0,
    "parties": [{"party": "BR", "roles": ["offers"]}, {"party": "PE", "roles": ["asks"]}],
    "entered_on": "2026-11-23",
    "days_in_stage": 1,
    "due_on": "2027-02-18",
    "overdue": False,
    "moved_at": "2026-11-23T15:04:05.000Z",
    "specimen": False,
    "origin": "entered",
    "source": None,
}
STAGES = {
    "draft": 1, "offer": 2, "demand": 1, "commitment": 3, "execution": 5, "reflection": 1, "action": 1,
    "accompaniment": 2, "feedback": 0, "closed": 9,
}  # fmt: skip
BOARD = {
    "total": 25,
    "stages": STAGES,
    "lifecycles": {"active": 16, "completed": 9},
    "as_of": "2026-11-23",
    "known_on": "2026-11-23",
    "country": None,
    "specimens": {"total": 0, "stages": dict.fromkeys(STAGES, 0)},
}


def shows(value: Any, description: str = "Done.") -> dict[str, Any]:
    """An example as the description of a successful answer."""
    return {"description": description, "content": {"application/json": {"example": value}}}
