# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""An exchange carried through its stages, as far as a test needs: Brasil offers, Perú asks, each act a second apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from people.actors import Actor, Role
from services import agreements, exchanges
from services.asking import Asking
from tests.cast import ANA, BRUNO, EMPLOYERS, PAULA
from tests.house import House

WORKERS = Asking(Actor("workers", Role.BENCH_DELEGATE, "PE", "workers"))
SECOND = {
    "BR": Asking(Actor("second-br", Role.FOCAL_POINT, "BR")),
    "PE": Asking(Actor("second-pe", Role.FOCAL_POINT, "PE")),
}
PARTIES = (("BR", BRUNO), ("PE", PAULA))
TERMS: Mapping[str, Any] = {
    "object": {"es": "Rastrear el caucho natural", "pt": "Rastrear a borracha natural"},
    "duration_months": 18,
    "commitments": {"BR": [{"es": "Recibir a seis personas", "pt": "Receber seis pessoas"}]},
}
AFTER_COMMITMENT = ("opened", "execution", "reflection", "action", "accompaniment", "feedback", "closed")


@dataclass
class Journey:
    """An exchange on its way, with the agreement it stands on."""

    house: House
    exchange: str
    agreement: str = ""
    reference: str = ""

    def state(self, who: Asking, fact: str, item: str | None = None, /, **fields: Any) -> None:
        self.house.clock.on(seconds=1)
        exchanges.state_fact(self.house.desk, who, self.exchange, fact, fields, item)

    def move(self, who: Asking, move: str, **says: Any) -> None:
        self.house.clock.on(seconds=1)
        self.house.move(who, self.exchange, move, **says)

    def step(self, step: str, **says: Any) -> None:
        self.house.clock.on(seconds=1)
        agreements.take_step(self.house.desk, ANA, self.agreement, step, says)

    def opened(self) -> None:
        """The agreement's text is fixed and lies open for signature: its papers are ordered."""
        desk = self.house.desk
        drafted = agreements.draft_agreement(
            desk, ANA, exchange=self.exchange, title="Caucho natural sin trabajo infantil", register="non_binding"
        )
        self.agreement, self.reference = str(drafted["agreement"]), str(drafted["reference"])
        self.step("open_negotiation")
        agreements.propose_text(desk, ANA, self.agreement, "first text", TERMS)
        for (party, who), name in zip(PARTIES, ("Bruno", "Paula"), strict=True):
            said = {"party": party, "name": name, "title": "Viceministerio", "institution": f"Ministerio {party}"}
            agreements.list_signatory(desk, who, self.agreement, said)
        self.state(BRUNO, "activity_planned", title="Misión de diagnóstico", on="2026-12-01", mode="in_person", days=3)
        self.state(
            BRUNO, "contribution", party="BR", code="D011", description="Especialistas", quantity=60, unit="días"
        )
        self.state(PAULA, "contribution", party="PE", none=True)
        self.step("send_for_clearance")
        self.step("open_for_signature")

    def execution(self) -> None:
        """Signed in ink, confirmed, in force; the benches spoke."""
        self.house.clock.on(days=1)
        for party, who in PARTIES:
            said = {"party": party, "signed_on": self.house.clock().date().isoformat()}
            agreements.receive_counterpart(self.house.desk, who, self.agreement, said)
            agreements.confirm_counterpart(self.house.desk, SECOND[party], self.agreement, {"party": party})
        self.step("seal")
        self.step("bring_into_force")
        self.words("agreement")
        self.move(PAULA, "begin_execution")

    def words(self, paper: str) -> None:
        """The employers endorse, the workers with a reservation."""
        self.state(EMPLOYERS, "endorsement", party="PE", bench="employers", paper=paper, word="endorsed")
        reserved = {"word": "with_reservation", "reservation": "Que participen las fincas"}
        self.state(WORKERS, "endorsement", party="PE", bench="workers", paper=paper, **reserved)

    def reflection(self) -> None:
        self.house.clock.on(days=10)
        held = {"on": "2026-12-01", "women": 7, "men": 5, "benches": {"government": 8, "workers": 4}}
        self.state(BRUNO, "activity_held", "activity-1", **held)
        self.move(PAULA, "begin_reflection")

    def action(self) -> None:
        self.state(PAULA, "lessons", party="PE", text="La planta es el mejor lugar para prevenir.")
        self.state(PAULA, "reflection_record", on="2026-12-02", text="Both sides looked at what transfers.")
        self.state(PAULA, "decision", decision="adapt", text="Se adapta el registro")
        self.move(PAULA, "adopt_action")

    def accompaniment(self) -> None:
        """The roadmap is approved and the benches spoke on it: its papers are ordered."""
        measure = {"title": "Verificar la edad en la compra", "responsible": "Ministerio de Trabajo"}
        self.state(
            PAULA, "measure", **measure, output="Ficha única", on="2027-06-30", budget="18000.00", currency="PEN"
        )
        self.state(PAULA, "indicator", name="Plantas que verifican", baseline="0", target="6", unit="plantas")
        self.state(PAULA, "roadmap_approval", party="PE", authority="Despacho ministerial", on="2026-12-03")
        for bench in ("employers", "workers"):
            self.state(ANA, "consultation", party="PE", bench=bench, paper="roadmap")
        self.words("roadmap")
        self.state(PAULA, "marker", egir="1", note="Metas por sexo")
        self.move(PAULA, "begin_accompaniment")

    def feedback(self) -> None:
        self.state(PAULA, "check_in", on="2026-12-03", mode="virtual", notes="La ficha está lista")
        self.state(PAULA, "measure_done", "measure-1", done_on="2026-12-03", result="Seis plantas la usan")
        self.state(BRUNO, "lessons", party="BR", text="O protocolo melhorou ao ser traduzido")
        self.move(PAULA, "open_feedback")

    def closed(self) -> None:
        """Both sides evaluated and a practice was proposed: its forms are ordered."""
        for party, who in PARTIES:
            self.state(who, "evaluation", party=party, text="Buena cooperación", satisfaction=5, horizontality=4)
        self.state(PAULA, "product", title="Ficha única", kind="tool", language="es", link="https://example.org/ficha")
        self.state(
            PAULA, "practice", title="Calidad y edad en una ficha", sustainability="Lives in the purchase routine"
        )
        self.move(ANA, "close")


def reach(house: House, stop: str) -> Journey:
    """An exchange that has come to `stop`: commitment, opened, or a later stage."""
    journey = Journey(house, house.committed())
    house.clock.on(seconds=1)
    stops = AFTER_COMMITMENT[: AFTER_COMMITMENT.index(stop) + 1] if stop != "commitment" else ()
    for name in stops:
        getattr(journey, name)()
    return journey
