"""Health: whether this process lives, and whether it can do its work."""

from fastapi import APIRouter

from api.asking import OpenDesk
from api.policies import acts
from api.problems import refusals
from observatory.window import see_programmes

router = APIRouter(prefix="/health", tags=["health"])


@router.get("/live", **acts("health.read"))
def live() -> dict[str, str]:
    """This process answers."""
    return {"status": "live"}


@router.get("/ready", responses=refusals(503), **acts("health.read"))
def ready(desk: OpenDesk) -> dict[str, str | int]:
    """The database answers and holds its rules."""
    return {"status": "ready", "programmes": len(see_programmes(desk))}
