# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""A browser for tests: keeps the one cookie as browsers do, says that its requests come from our own pages, and fills in forms."""

import re
from dataclasses import dataclass, field
from typing import Any

import httpx

from api.cookies import COOKIE

FROM_OURS = {"Sec-Fetch-Site": "same-origin", "Accept-Language": "en", "User-Agent": "Firefox on Linux"}


@dataclass
class Browser:
    """Somebody at the pages. `set_cookies` are all the headers Set-Cookie there were."""

    client: httpx.Client
    cookie: str | None = None
    set_cookies: list[str] = field(default_factory=list)

    def get(self, path: str, **params: Any) -> httpx.Response:
        return self._kept(self.client.get(path, params=params or None, headers=self._headers(), follow_redirects=False))

    def post(self, path: str, **fields: Any) -> httpx.Response:
        return self._kept(self.client.post(path, data=fields, headers=self._headers(), follow_redirects=False))

    def post_own(self, path: str, **fields: Any) -> httpx.Response:
        """A form of the page of one's own account, with what it hides."""
        return self.post(path, token=self.form_token(), **fields)

    def form_token(self) -> str:
        found = re.search(r'name="token" value="([0-9a-f]{64})"', self.get("/me").text)
        assert found, "the page hides a token in its forms"
        return found[1]

    def _headers(self) -> dict[str, str]:
        # The jar of the client keeps no cookie that asks for TLS, as nothing here has any.
        return {**FROM_OURS, **({"Cookie": f"{COOKIE}={self.cookie}"} if self.cookie else {})}

    def _kept(self, answer: httpx.Response) -> httpx.Response:
        for header in answer.headers.get_list("set-cookie"):
            self.set_cookies.append(header)
            value = header.partition(";")[0].partition("=")[2].strip('"')
            self.cookie = None if "Max-Age=0" in header else value
        return answer
