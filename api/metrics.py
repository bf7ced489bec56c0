# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Figures for Prometheus: how this process answers, and how the house stands when it is asked."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from observatory.vitals import Vitals

MEDIA_TYPE = CONTENT_TYPE_PLAIN_0_0_4
MOVE = "/api/v1/exchanges/{reference}/moves"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Figures:
    """The figures of one app, in a registry of their own. No label holds what anybody asked for."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "minga_requests", "Requests answered.", ("method", "route", "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "minga_request_seconds",
            "Seconds until a request was answered.",
            ("method", "route"),
            registry=self.registry,
            buckets=SECONDS,
        )
        self._moves = Counter("minga_moves_made", "Moves made through this process.", registry=self.registry)
        self._house = {
            name: Gauge(f"minga_{name}", text, registry=self.registry)
            for name, text in (
                ("events", "Events in the ledger."),
                ("outbox_open", "Duties that wait to be done."),
                ("outbox_dead", "Duties that failed for the last time."),
                ("sessions_open", "Sessions that are neither ended nor past their limit."),
            )
        }

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        """Counts one answer."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)
        if method == "POST" and route == MOVE and status < 300:
            self._moves.inc()

    def told(self, vitals: Vitals) -> bytes:
        """Everything, as Prometheus reads it."""
        for name, gauge in self._house.items():
            gauge.set(getattr(vitals, name))
        return generate_latest(self.registry)
