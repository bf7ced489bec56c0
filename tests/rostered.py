# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Rosters for tests: officers of the house, and of Brasil, Perú and Colombia, each a person with a name and an address."""

from dataclasses import dataclass, field

from people.actors import OPERATOR, Actor, Role
from services.asking import Asking
from services.government import change_government
from services.rosters.institutions import enter_institution
from services.rosters.people import add_person
from services.rosters.roles import bootstrap, fill_seat, grant_role, propose_role
from services.rosters.seats import contest_seat
from services.rosters.standins import give_delegation, tell_absence
from tests.house import House

OPERATING = Asking(OPERATOR)


@dataclass
class Rostered:
    """A house whose people are on rosters. `ids`: first name → person."""

    house: House
    ids: dict[str, str] = field(default_factory=dict)

    def invite(self, name: str, party: str, who: Asking = OPERATING) -> str:
        email = f"{name}@{party.strip('*').lower() or 'minga'}.example"
        person = add_person(self.house.desk, who, party=party, name=name.title(), email=email, language="es")["person"]
        self.ids[name] = str(person)
        return str(person)

    def asks(self, name: str, role: Role, party: str | None = None, bench: str | None = None) -> Asking:
        return Asking(Actor(self.ids[name], role, party, bench))

    @property
    def ana(self) -> Asking:
        return self.asks("ana", Role.SECRETARIAT)

    def focal(self, name: str, party: str) -> Asking:
        return self.asks(name, Role.FOCAL_POINT, party)

    def make_focal(self, name: str, party: str) -> Asking:
        """A focal point: invited, proposed by Ana, granted by whoever is the second pair of eyes."""
        self.invite(name, party, self.ana)
        return self.give_role(name, Role.FOCAL_POINT, party)

    def give_role(self, name: str, role: Role, party: str) -> Asking:
        desk = self.house.desk
        made = propose_role(desk, self.ana, self.ids[name], role, party=party)
        grant_role(desk, self.second(made["second"], party, name), made["role"])
        return self.asks(name, role, None if party == "*" else party)

    def second(self, second: str, party: str, but: str) -> Asking:
        """An asker who is the second pair of eyes for what Ana proposed."""
        if second == "operator":
            return OPERATING
        if second == "secretariat":
            return self.asks("officer", Role.SECRETARIAT)
        own = next(name for name in self.ids if name.startswith("b") and name != but) if party == "BR" else "paula"
        return self.focal(own, party)

    def seat(self, name: str, party: str, bench: str) -> Asking:
        """A person in a seat: invited, proposed by Ana, granted by a second."""
        if name not in self.ids:
            self.invite(name, party, self.ana)
        desk = self.house.desk
        made = fill_seat(desk, self.ana, party, bench, self.ids[name])
        grant_role(desk, self.second(made["second"], party, name), made["role"])
        return self.asks(name, Role.BENCH_DELEGATE, party, bench)


def with_officers(house: House) -> Rostered:
    """Ana, the first officer, and the second officer."""
    rostered = Rostered(house)
    made = bootstrap(house.desk, OPERATING, name="Ana", email="ana@minga.example")
    rostered.ids["ana"] = str(made["person"])
    rostered.invite("officer", "*")
    rostered.give_role("officer", Role.SECRETARIAT, "*")
    return rostered


def with_everybody(house: House) -> Rostered:
    """The officers, Bruno for Brasil, Paula for Perú and Carla for Colombia."""
    rostered = with_officers(house)
    for name, party in (("bruno", "BR"), ("paula", "PE"), ("carla", "CO")):
        rostered.make_focal(name, party)
    return rostered


def a_row_of_every_kind(house: House) -> Rostered:
    """Everybody, a seat held and one contested, a delegation, an absence, an institution, a change of government."""
    people, desk = with_everybody(house), house.desk
    delegate = people.seat("delegate", "BR", "workers")
    bruna = people.invite("bruna", "BR", people.ana)
    span = {"party": "BR", "from_on": "2026-11-23", "to_on": "2026-12-23"}
    give_delegation(desk, delegate, bruna, role="bench_delegate", bench="workers", acts=["speak"], **span)
    tell_absence(desk, delegate, delegate.actor.person, **span)
    contest_seat(desk, people.ana, "BR", "employers", "two_organisations", note="Both wrote to Ana.")
    named = {"type_": "ministry", "language": "pt", "name": "Ministério do Trabalho", "from_on": "1930-11-26"}
    enter_institution(desk, people.ana, party="BR", **named)
    change_government(desk, people.ana, "BR", "2026-11-20")
    return people
