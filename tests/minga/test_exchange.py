# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga exchange`: the whole way from draft on by the command line, on both databases."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cycle.facts import FACTS
from minga.commands.exchange_acts import typed
from minga.exits import Exit
from tests.minga.calling import Terminal, terminal

SHEET = {
    "institution": "Ministério do Trabalho",
    "shares": "how rubber is traced",
    "theme": "supply-chains",
    "modality": "training",
    "language": "pt",
}


@pytest.fixture
def minga(url: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return terminal(url, tmp_path, capfd, monkeypatch)


def drafted(minga: Terminal, title: str = "Natural rubber") -> str:
    return str(minga.told("exchange", "draft", title, "--door", "offer", "--party", "BR:offers:Embrapa")["exchange"])


def sheet(minga: Terminal, exchange: str, **fields: str) -> None:
    said = [f"{name}={value}" for name, value in fields.items()]
    minga.told("exchange", "state", exchange, "sheet", "side=offer", *said)


def offered(minga: Terminal, title: str = "Natural rubber") -> str:
    exchange = drafted(minga, title)
    sheet(minga, exchange, **SHEET)
    return str(minga.told("exchange", "move", exchange, "publish_offer")["reference"])


def explained(minga: Terminal, exchange: str, move: str) -> Any:
    moves = minga.told("exchange", "moves", exchange)["moves"]
    return next(one for one in moves if one["move"] == move)


def test_a_draft_that_came_by_mail_says_in_whose_name_it_is(minga: Terminal) -> None:
    came = ("--on-behalf-of", "br", "--came-by", "mail", "--received-on", "2026-01-05")
    named = ("--door", "offer", "--party", "BR:offers:Embrapa")
    exchange = minga.told("exchange", "draft", "Natural rubber", *named, *came)["exchange"]
    (first,) = minga.told("exchange", "history", exchange)["items"]
    assert (first["on_behalf_of"], first["payload"]["came"]) == ("BR", {"by": "mail", "on": "2026-01-05"})


def test_an_exchange_is_drafted_explained_stated_moved_listed_and_shown(minga: Terminal) -> None:
    reference = offered(minga)
    assert reference.startswith("SSC-")
    (line,) = minga.told("exchange", "list")["items"]
    assert (line["reference"], line["stage"], line["lifecycle"]) == (reference, "offer", "active")
    assert (line["specimen"], line["title"], line["weight"]) == (False, "Natural rubber", "standard")
    assert line["parties"] == [{"party": "BR", "roles": ["offers"]}]
    whole = minga.told("exchange", "show", reference)
    assert (whole["version"], whole["age"]["calendar_days"], whole["items"][0]["item"]) == (3, 0, "sheet-offer")
    told = minga.told("exchange", "history", reference)["items"]
    assert [event["type"] for event in told] == ["ExchangeDrafted", "SheetSubmitted", "StageMoved"]
    assert {event["who"] for event in told} == {"operator"}


def test_the_terminal_names_every_fact_of_the_documentation_and_its_fields(minga: Terminal) -> None:
    exchange = drafted(minga)
    told = minga.told("exchange", "facts", exchange)["facts"]
    assert [one["kind"] for one in told] == list(FACTS)
    _, out, _ = minga("exchange", "facts", exchange)
    listed = dict(line.split(maxsplit=1) for line in out.splitlines()[: len(FACTS)])
    for kind, fact in FACTS.items():
        fields = (f"{field.name}*" if field.required else field.name for field in fact.fields)
        assert listed[kind] == ", ".join(fields)


def test_one_fact_is_told_with_all_that_its_fields_take(minga: Terminal) -> None:
    exchange = drafted(minga)
    _, out, _ = minga("exchange", "facts", exchange, "sheet")
    lines = {line.split()[0]: " ".join(line.split()[1:]) for line in out.splitlines() if line.startswith("  ")}
    assert (lines["side*"], lines["problem"], lines["no_evidence_yet"]) == ("offer or demand", "text", "yes")
    assert lines["cross_cutting"].startswith("one of the cross_cutting: climate, disability, gender, ")
    assert (
        "benches       figures: government, employers, workers" in minga("exchange", "facts", exchange, "attendance")[1]
    )
    assert minga.refused("exchange", "facts", exchange, "gossip")[:2] == (Exit.NOT_FOUND, "not_found")
    assert minga.refused("exchange", "facts", "SSC-2026-9999")[:2] == (Exit.NOT_FOUND, "not_found")


def test_a_list_says_what_its_day_is(minga: Terminal) -> None:
    reference = offered(minga)
    _, out, _ = minga("exchange", "list")
    assert re.fullmatch(rf"{reference}    offer  active  due \d{{4}}-\d\d-\d\d  BR  Natural rubber\n", out)


def test_a_title_that_is_too_long_is_seen_to_go_on(minga: Terminal) -> None:
    exchange = drafted(minga)
    minga.told("exchange", "state", exchange, "product", f"title={'cacao y caucho ' * 6}", "kind=guide", "language=es")
    _, out, _ = minga("exchange", "show", exchange)
    (line,) = [line for line in out.splitlines() if "product-1" in line]
    assert line.endswith("…")
    assert len(line.rpartition("  ")[2]) <= 60


@pytest.mark.parametrize("name", SHEET)
def test_satisfying_one_need_makes_exactly_its_code_go(minga: Terminal, name: str) -> None:
    exchange = drafted(minga)
    before = {one["code"] for one in explained(minga, exchange, "publish_offer")["missing"]}
    assert before == {f"offer_{each}" for each in SHEET}
    sheet(minga, exchange, **{name: SHEET[name]})
    after = explained(minga, exchange, "publish_offer")
    assert before - {one["code"] for one in after["missing"]} == {f"offer_{name}"}
    assert not after["allowed"]
    assert all(one["need"] and one["who_could"] == ["party:BR", "secretariat"] for one in after["missing"])


def test_a_move_is_allowed_when_nothing_is_missing(minga: Terminal) -> None:
    exchange = drafted(minga)
    sheet(minga, exchange, **SHEET)
    told = explained(minga, exchange, "publish_offer")
    assert (told["allowed"], told["to"], told["missing"]) == (True, "offer", [])
    assert {one["code"] for one in told["advice"]} == {"offer_availability", "offer_evidence"}


def test_a_refusal_says_everything_and_writes_nothing(minga: Terminal) -> None:
    exchange = drafted(minga)
    ended, code, reasons = minga.refused("exchange", "move", exchange, "publish_offer")
    assert (ended, code, set(reasons)) == (Exit.REFUSED, "requirements.unmet", {f"offer_{each}" for each in SHEET})
    assert minga.refused("exchange", "move", exchange, "dance")[1] == "move.unknown"
    assert minga.refused("exchange", "state", exchange, "gossip")[1] == "fact.unknown"
    assert minga.refused("exchange", "state", exchange, "sheet", "side=offer", "theme=x")[2] == ["fact.field_invalid"]
    assert minga.refused("exchange", "show", "SSC-1999-0001")[:2] == (Exit.NOT_FOUND, "not_found")
    assert minga("exchange", "state", exchange, "sheet", "nonsense")[0] == Exit.USAGE
    assert len(minga.told("exchange", "history", exchange)["items"]) == 1


def test_a_draft_with_mistakes_is_not_opened(minga: Terminal) -> None:
    def drafting(*parties: str, programme: str = "regional-initiative") -> tuple[int, str, list[str]]:
        named = [word for party in parties for word in ("--party", party)]
        return minga.refused("exchange", "draft", "A", "--door", "offer", "--programme", programme, *named)

    assert drafting("XX:offers") == (Exit.REFUSED, "exchange.not_drafted", ["country.unknown"])
    assert drafting("BR:asks") == (Exit.REFUSED, "exchange.not_drafted", ["exchange.first_party_missing"])
    assert drafting("BR:offers", programme="elsewhere")[:2] == (Exit.NOT_FOUND, "not_found")
    assert minga.told("exchange", "list")["items"] == []


@pytest.mark.parametrize(
    ("title", "party", "told"),
    [
        ("Cocoa", "B_R:offers", "party.code_malformed: a party has a code: a country two capitals (PE), a partner "),
        ("Cocoa", "Peru:offers", "country.unknown: a country by its code: Peru is PE"),
        ("Cocoa", "per:offers", "country.unknown: a country by its code: per is PE"),
        ("Cocoa", "BR", "party.role_unknown: a role: offers, asks, both, facilitates or supports, not none"),
        (
            "Cocoa \udcff",
            "BR:offers",
            "exchange.title_missing: an exchange has a title in UTF-8 of at most 500 letters",
        ),
    ],
)
def test_a_mistake_in_a_draft_says_what_to_write(minga: Terminal, title: str, party: str, told: str) -> None:
    _, _, err = minga("exchange", "draft", title, "--door", "offer", "--party", party)
    assert err.splitlines()[1].startswith(f"  - {told}")


def test_a_country_is_known_by_small_letters_too(minga: Terminal) -> None:
    exchange = minga.told("exchange", "draft", "Cocoa", "--door", "offer", "--party", "pe:offers")["exchange"]
    assert minga.told("exchange", "show", exchange)["parties"].keys() == {"PE"}
    offer = offered(minga)
    assert minga.told("exchange", "state", offer, "answer", "party=pe")["item"] == "answer-PE"
    assert minga.told("exchange", "move", offer, "answer_offer", "--say", "counterpart=pe")["stage"] == "demand"


@pytest.mark.parametrize(
    ("party", "told"),
    [
        ("P E", "move.field_malformed: counterpart is a party's code, like PE or partner-agency"),
        ("PER", "country.unknown: a country by its code: PER is PE"),
    ],
)
def test_a_counterpart_that_is_no_party_is_told_how_to_write_it(minga: Terminal, party: str, told: str) -> None:
    _, _, err = minga("exchange", "move", offered(minga), "answer_offer", "--say", f"counterpart={party}")
    assert f"  - {told}" in err.splitlines()


def test_of_a_day_and_an_instant_neither_is_guessed(minga: Terminal) -> None:
    told = ("--on", "2026-01-05", "--occurred-at", "2026-01-06T09:15:00.000Z", "--late-because", "by mail")
    assert minga("exchange", "move", offered(minga), "answer_offer", *told)[0] == Exit.USAGE


def test_a_field_said_twice_is_not_guessed(minga: Terminal) -> None:
    exchange = drafted(minga)
    ended, _, err = minga("exchange", "state", exchange, "sheet", "side=offer", "language=pt", "language=es")
    assert (ended, err.splitlines()[-1]) == (
        Exit.USAGE,
        "Error: Invalid value: language is said twice: 'pt' and 'es'",
    )
    assert minga("exchange", "move", exchange, "publish_offer", "--say", "a=1", "--say", "a=2")[0] == Exit.USAGE
    assert len(minga.told("exchange", "history", exchange)["items"]) == 1


def test_the_operator_consents_for_nobody(minga: Terminal) -> None:
    reference = offered(minga)
    minga.told("exchange", "state", reference, "answer", "party=PE")
    minga.told("exchange", "move", reference, "answer_offer", "--say", "counterpart=PE")
    refused = minga.refused("exchange", "state", reference, "acceptance", "party=PE")
    assert refused == (Exit.REFUSED, "permission.denied", ["permission.consent_is_their_own"])


def test_a_stale_version_is_a_conflict_and_the_same_key_one_effect(minga: Terminal) -> None:
    reference = offered(minga)
    stale = ("exchange", "state", reference, "flag", "flag=checked", "--if-match")
    assert minga.refused(*stale, "1")[:2] == (Exit.CONFLICT, "version.stale")
    told = f"error: version.stale: {reference} is at version 3, not 1: look at its history, then ask again\n"
    assert minga(*stale, "1")[2] == told
    once = (*stale, "3", "--key", "one")
    assert minga.told(*once) == minga.told(*once)
    assert len(minga.told("exchange", "history", reference)["items"]) == 4
    other = ("exchange", "state", reference, "flag", "flag=other", "--key", "one")
    assert minga.refused(*other)[1] == "idempotency.key_reused"


def test_what_is_told_late_says_the_day_and_why(minga: Terminal) -> None:
    reference = offered(minga)
    yesterday = (datetime.now(UTC) - timedelta(days=2)).date().isoformat()
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    flag = ("exchange", "state", reference, "flag", "flag=checked", "--on")
    assert minga.refused(*flag, yesterday)[1] == "moment.backdate_reason"
    assert minga.refused(*flag, tomorrow, "--late-because", "mail")[1] == "moment.in_the_future"
    minga.told(*flag, yesterday, "--late-because", "it came by mail")
    last = minga.told("exchange", "history", reference)["items"][-1]
    assert last["occurred_at"] < last["recorded_at"]
    assert minga.refused(
        "exchange", "move", reference, "withdraw", "--reason", "x", "--on", yesterday, "--late-because", "mail"
    )[2] == ["moment.before_previous_move"]


def test_an_exchange_is_shown_as_it_stood(minga: Terminal) -> None:
    reference = offered(minga)
    day = minga.told("board")["as_of"]
    assert minga.told("exchange", "show", reference, "--as-of", day)["stage"] == "offer"
    assert minga.refused("exchange", "show", reference, "--as-of", "2009-01-01")[0] == Exit.NOT_FOUND
    assert minga.refused("exchange", "show", reference, "--known-on", "2009-01-01")[0] == Exit.NOT_FOUND
    assert minga.refused("exchange", "show", reference, "--as-of", "2099-01-01")[:2] == (
        Exit.REFUSED,
        "day.in_the_future",
    )
    (line,) = minga.told("exchange", "list", "--as-of", day, "--known-on", day)["items"]
    assert (line["reference"], line["stage"]) == (reference, "offer")
    assert minga.told("exchange", "list", "--as-of", "2009-01-01")["items"] == []
    assert minga.refused("exchange", "list", "--known-on", "2099-01-01")[1] == "day.in_the_future"


@pytest.mark.parametrize(
    ("asked", "ends", "code"),
    [
        (("--stage", "exection"), Exit.USAGE, "usage.invalid"),
        (("--lifecycle", "alive"), Exit.USAGE, "usage.invalid"),
        (("--country", "zz"), Exit.REFUSED, "country.unknown"),
        (("--country", "Perú"), Exit.REFUSED, "country.unknown"),
        (("--country", "PER"), Exit.REFUSED, "country.unknown"),
        (("--country", "ZZ", "--as-of", "2024-01-01"), Exit.REFUSED, "country.unknown"),
        (("--programme", "elsewhere"), Exit.NOT_FOUND, "not_found"),
    ],
)
def test_a_list_of_what_there_cannot_be_is_refused_and_not_empty(
    minga: Terminal, asked: tuple[str, ...], ends: Exit, code: str
) -> None:
    ended, out, _ = minga("exchange", "list", *asked, "--json")
    assert (ended, json.loads(out)["error"]["code"]) == (ends, code)


def test_a_list_is_asked_for_a_member_or_a_partner(minga: Terminal) -> None:
    offered(minga)
    assert [one["title"] for one in minga.told("exchange", "list", "--country", "br")["items"]] == ["Natural rubber"]
    assert minga.told("exchange", "list", "--country", "outside-CN")["items"] == []


def test_what_came_from_nobody_is_not_entered(minga: Terminal) -> None:
    named = ("--door", "offer", "--party", "BR:offers:Embrapa")
    for came in (("--came-by", "mail"), ("--received-on", "2026-01-05")):
        assert minga.refused("exchange", "draft", "Natural rubber", *named, *came)[1] == "entry.party_missing"
    assert minga.told("exchange", "list")["items"] == []


def test_people_read_the_same_without_json(minga: Terminal) -> None:
    reference = offered(minga)
    offered(minga, "Another")
    for arguments in (("list",), ("show", reference), ("moves", reference), ("history", reference)):
        ended, out, err = minga("exchange", *arguments)
        assert (ended, err) == (Exit.OK, "")
        assert "offer" in out
    ended, out, err = minga("exchange", "list", "--limit", "1")
    assert (len(out.splitlines()), err.startswith("There are more: --after ")) == (1, True)
    following = err.split()[-1]
    assert [one["title"] for one in minga.told("exchange", "list", "--after", following)["items"]] == ["Another"]
    assert minga("exchange", "list", "--overdue") == (Exit.OK, "\n", "No exchange is like this.\n")
    assert minga.refused("exchange", "list", "--after", "nonsense")[:2] == (Exit.REFUSED, "cursor.invalid")


def test_what_is_typed_becomes_numbers_yes_and_figures_where_a_field_holds_them() -> None:
    said = {"women": "12", "national": "true", "benches": "employers:3,workers:2", "title": "2026", "men": "many"}
    assert typed(said) == {
        "women": 12,
        "national": True,
        "benches": {"employers": 3, "workers": 2},
        "title": "2026",
        "men": "many",
    }
    assert typed({"age_bands": "15-17:4"}) == {"age_bands": {"15-17": 4}}
    assert typed({"age_bands": "{broken", "bytes": "²"}) == {"age_bands": {"": "{broken"}, "bytes": "²"}
