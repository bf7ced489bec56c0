# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The table itself: what must never stand in it, whoever writes the next line."""

import ast
import re
from pathlib import Path

import pytest

from agreements.rules import BEFORE_SIGNATORIES, Status
from people import table
from people.actors import OF_A_PARTY, OFFICERS, PUBLIC, READS_ONLY, Actor, Role
from people.policy import ActionUnknown, can, ever, may_hand_on, offers, relations, rule_of
from people.resources import HOUSE, Resource, of_exchange, of_parties, of_person
from people.table import ACTIONS, ANY, TOKENS_OF, Relation
from tests.cycle.play import executing, offered, programme

ROOT = Path(__file__).parents[2]
ASKING = ("people", "services", "observatory", "api", "minga")
"""The rooms that ask the table."""

BRUNO = Actor("bruno", Role.FOCAL_POINT, "BR")
CARLA = Actor("carla", Role.FOCAL_POINT, "CL")
ALDO = Actor("aldo", Role.AUDITOR)
ANA = Actor("ana", Role.SECRETARIAT)


def test_every_action_is_a_noun_and_a_verb_with_a_sentence() -> None:
    assert [name for name in ACTIONS if not re.fullmatch(r"[a-z_]+\.[a-z_]+", name)] == []
    assert [name for name, rule in ACTIONS.items() if not rule.sentence or not rule.rows] == []


def test_every_action_is_asked_for_somewhere() -> None:
    written = {
        node.value
        for room in ASKING
        for page in (ROOT / room).rglob("*.py")
        if page != Path(table.__file__)
        for node in ast.walk(ast.parse(page.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    known = {rule.knows for rule in ACTIONS.values()}
    assert sorted(set(ACTIONS) - written - known) == []


def test_what_is_ones_own_or_ones_benchs_is_refused_in_those_words() -> None:
    seat = of_parties("seat", ("BR",), bench="workers")
    for bench, code in (("workers", None), ("employers", "permission.another_bench")):
        told = can(Actor("d", Role.BENCH_DELEGATE, "BR", bench), "seat.vacate", seat).refusal
        assert (told.reasons[0].code if told else None) == code
    absence = of_parties("absence", ("BR",), owners=("d",))
    for person, code in (("d", None), ("e", "permission.not_ones_own")):
        told = can(Actor(person, Role.BENCH_DELEGATE, "BR", "workers"), "absence.end", absence).refusal
        assert (told.reasons[0].code if told else None) == code
    assert not can(Actor("d", Role.BENCH_DELEGATE, "PE", "workers"), "absence.end", absence).known


def test_managers_and_auditors_change_nothing_of_anybodys() -> None:
    own_account = {"session", "sign_in", "invitation", "credential", "person", "account"}
    changing = {name for name, rule in ACTIONS.items() if rule.changes and rule.roles & READS_ONLY}
    assert {name for name in changing if name.partition(".")[0] not in own_account} == set()
    of_others = {name for name in changing for role in READS_ONLY if ACTIONS[name].relations_of(role) == ANY}
    assert {name.partition(".")[0] for name in of_others} <= {
        *("session", "sign_in", "invitation", "credential", "account")
    }


def test_no_officer_says_a_partys_own_word() -> None:
    assert {name for name, rule in ACTIONS.items() if rule.consent and rule.roles & OFFICERS} == set()


def test_the_public_changes_nothing_but_by_a_secret_of_its_own() -> None:
    """Whoever signs in, and whoever holds the key of a letter: who they are is found out behind the door."""
    public = {name for name, rule in ACTIONS.items() if Role.PUBLIC in rule.roles}
    assert {name for name in public if ACTIONS[name].changes} <= {n for n in ACTIONS if n.startswith("sign_in.")} | {
        "invitation.answer"
    }
    assert not {name.partition(".")[0] for name in public} & {"exchange", "agreement", "evidence", "person", "roster"}


def test_what_must_be_known_first_is_a_reading_of_the_table() -> None:
    named = {rule.knows for rule in ACTIONS.values() if rule.knows}
    assert {name for name in named if name not in ACTIONS or ACTIONS[name].changes} == set()


def test_restricted_evidence_is_not_for_managers() -> None:
    evidence = of_parties("evidence", ("BR", "PE"))
    assert can(BRUNO, "evidence.restricted", evidence).allowed
    assert can(ANA, "evidence.restricted", evidence).allowed
    refused = can(Actor("m", Role.MANAGER), "evidence.restricted", evidence)
    assert (refused.allowed, refused.known) == (False, True)


def test_a_signatory_reads_only_the_paper_they_were_invited_to_while_it_lies_before_them() -> None:
    signs = Actor("s", Role.SIGNATORY, "BR")
    named = Resource("agreement", frozenset({"BR", "PE"}), named=frozenset({"s"}), status="open_for_signature")
    assert {name for name in ACTIONS if name.startswith("agreement.") and can(signs, name, named).allowed} == {
        "agreement.decline",
        "agreement.read",
    }
    for status in Status:
        at = Resource("agreement", named.parties, named=named.named, status=status)
        assert can(signs, "agreement.read", at).allowed == (status in BEFORE_SIGNATORIES)
    for other in (
        Resource("agreement", named.parties, named=named.named, status="draft"),
        Resource("agreement", named.parties, named=frozenset({"t"}), status="open_for_signature"),
    ):
        assert can(signs, "agreement.read", other).known is False
        assert can(signs, "agreement.decline", other).known is False


def test_an_action_nobody_wrote_down_is_a_mistake_of_the_program() -> None:
    for ask in (rule_of, lambda name: can(ANA, name), lambda name: ever(Role.PUBLIC, name)):
        with pytest.raises(ActionUnknown, match=r"board\.paint"):
            ask("board.paint")


def test_nobody_signed_in_is_told_to_sign_in() -> None:
    refusal = can(PUBLIC, "exchange.list").refusal
    assert refusal is not None
    assert [reason.code for reason in refusal.reasons] == ["permission.sign_in"]
    assert can(PUBLIC, "board.read").allowed


def test_how_one_stands_to_a_thing() -> None:
    thing = of_parties("exchange", ("BR", "PE"))
    assert relations(BRUNO, thing) == {Relation.PARTY}
    assert relations(BRUNO, of_parties("exchange", ("BR",))) == {Relation.OWN, Relation.PARTY}
    assert relations(CARLA, thing) == relations(ANA, thing) == relations(CARLA, HOUSE) == {Relation.OTHER}
    assert relations(ANA, of_person("session", "ana")) == {Relation.SELF}
    looking = of_exchange(offered(BR="offers").move("publish_offer").standing)
    assert relations(CARLA, looking) == {Relation.INVITED}


def test_who_could_is_named_with_every_refusal() -> None:
    refused = can(CARLA, "exchange.draft", of_parties("exchange", ("PE", "BR")))
    assert refused.refusal is not None
    assert [(r.code, r.who_could) for r in refused.refusal.reasons] == [
        ("permission.not_a_party", ("secretariat", "party:BR", "party:PE"))
    ]
    for_another = can(BRUNO, "agreement.receive", of_parties("agreement", ("BR", "PE"), party="PE"))
    assert for_another.refusal is not None
    assert [(r.code, r.who_could) for r in for_another.refusal.reasons] == [("permission.another_party", ("party:PE",))]
    assert can(BRUNO, "agreement.receive", of_parties("agreement", ("BR", "PE"), party="BR")).allowed
    officers = can(ANA, "agreement.receive", of_parties("agreement", ("BR", "PE"), party="PE")).refusal
    assert officers is not None
    assert [(r.code, r.who_could) for r in officers.reasons] == [("permission.consent_is_their_own", ("party:PE",))]


def test_an_action_on_what_one_may_not_know_of_betrays_nothing() -> None:
    match = of_exchange(executing().standing, programme(), move="begin_reflection")
    for action in ("exchange.move", "exchange.order"):
        refused = can(CARLA, action, match)
        assert (refused.allowed, refused.known) == (False, False)
    assert can(ALDO, "exchange.move", match).known is True


def test_the_buttons_are_those_that_would_not_be_refused() -> None:
    match = of_exchange(executing().standing, programme())
    assert {"exchange.move", "exchange.state", "exchange.order"} <= set(offers(BRUNO, match))
    assert offers(ALDO, match) == offers(CARLA, match) == ()
    assert "exchange.order" not in offers(Actor("w", Role.BENCH_DELEGATE, "BR", "workers"), match)
    stranger = Actor("w", Role.BENCH_DELEGATE, "BR", "nobody's")
    assert "exchange.move" not in offers(stranger, match)
    assert "exchange.state" not in offers(stranger, match)


def test_without_its_programme_nothing_is_allowed_by_it() -> None:
    assert not can(BRUNO, "exchange.move", of_exchange(executing().standing)).allowed


def test_whoever_makes_tokens_has_a_line_for_what_they_may_act_as() -> None:
    assert set(TOKENS_OF) == ACTIONS["token.create"].roles
    assert {role for role in Role if may_hand_on(BRUNO, role)} == {Role.FOCAL_POINT}
    assert not any(may_hand_on(Actor("ana", Role.SECRETARIAT), role) for role in OF_A_PARTY)
    assert not any(may_hand_on(ALDO, role) for role in Role)
