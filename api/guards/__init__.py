# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Guards around the whole app, outside of everything that answers: no answer and no mistake leaves without them.

From the outside in: every request gets an id, a line in the log and a place in the figures; every answer its headers; a
foreign host, one too many, another site's request, and a body too large or too slow go no further.
"""

from collections.abc import Callable

from fastapi import FastAPI
from starlette.middleware import Middleware

from api.guards.asgi import App
from api.guards.bodies import Bodies
from api.guards.crowd import Crowd
from api.guards.csrf import OurSite
from api.guards.headers import Headers
from api.guards.hosts import OurHost
from api.guards.requests import Observe, Requests, Routes

__all__ = ["guard"]

Show = Callable[[App], App]


def _as_it_is(app: App) -> App:
    return app


def guard(
    app: FastAPI, *, public_url: str | None, new_id: Callable[[], str], observe: Observe, show: Show = _as_it_is
) -> None:
    """Puts the guards around an app, the one for mistakes of ours included, and `Routes` next to its routes.

    show: puts problems into a form that whoever asked can read
    """
    app.user_middleware.append(Middleware(Routes))
    unguarded = app.build_middleware_stack

    def guarded() -> App:
        inside = OurSite(Bodies(unguarded(), app), public_url)
        answered = show(OurHost(Crowd(inside), public_url))
        return Requests(Headers(answered, public_url), new_id, observe)

    app.build_middleware_stack = guarded  # type: ignore[method-assign]
