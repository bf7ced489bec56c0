# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The lint: whatever would make a programme impossible to live by is found before it is published, by its code."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from cycle import lint as lint_module
from cycle import parameters
from cycle.counters import weigh
from cycle.items import Item
from cycle.lint import DRAWN, EMBLEMS, SIDE_BY_SIDE, lint
from cycle.parameters import counters, misuse
from cycle.programme import compile_programme
from cycle.publish import ProgrammeRefused, resolve
from cycle.requirements import VOCABULARY
from cycle.starter import starter
from cycle.words import Door
from documents.fetcher import ASSETS
from documents.kinds import KINDS

GOOD = starter("our-region")
WORD = '\n[[vocabularies.themes]]\ncode = "first-theme"\nlabels = { en = "Again" }\n'
UGANDA = '\n[[countries]]\ncode = "UG"\nnames = { en = "Again" }\nlanguages = ["en"]\ntimezone = "Africa/Kampala"\n'


def found(text: str) -> set[str]:
    try:
        resolve(text)
    except ProgrammeRefused as error:
        return {finding.code for finding in error.findings}
    return set()


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def test_the_file_a_region_begins_with_has_no_findings() -> None:
    assert found(GOOD) == set()


BROKEN = {
    "programme.not_toml": GOOD + "\nslug =",
    "programme.malformed": GOOD + "\n[limitz]\nlight_activity_days = 3\n",
    "programme.move_unknown": GOOD + '\n[moves.fly]\nby = ["party"]\n',
    "programme.fact_unknown": GOOD + "\n[facts.rumour]\non = false\n",
    "programme.stage_unknown": GOOD + '\n[stages.waiting]\nlabels = { en = "Waiting" }\n',
    "programme.need_unknown": GOOD + '\n[moves.begin_execution.needs.blessing]\nlevel = "off"\n',
    "programme.rule_changed": GOOD + '\n[moves.begin_commitment.needs.both_doors]\nlevel = "off"\n',
    "programme.stage_unreachable": GOOD + "\n[moves.adopt_action]\non = false\n",
    "programme.stage_without_end": GOOD + "\n[moves.open_feedback]\non = false\n",
    "programme.need_parameters": GOOD + "\n[moves.begin_reflection.needs.activity_held]\nparams = [1]\n",
    "programme.need_without_cure": GOOD + "\n[facts.reflection_record]\non = false\n",
    "programme.weight_unknown": GOOD + '\n[moves.begin_commitment.needs.demand_baseline]\nlevel = { heavy = "off" }\n',
    "programme.later_without_stage": GOOD + '\n[moves.begin_commitment.needs.demand_baseline]\nlevel = "later"\n',
    "programme.blocks_for_ever": GOOD + '\n[moves.begin_reflection.needs.attendance]\nif_silent = "block"\n',
    "programme.consent_excused": GOOD + "\n[moves.begin_commitment.needs.match_accepted]\nif_silent = { lapse = 9 }\n",
    "programme.role_unknown": GOOD + '\n[moves.suspend]\nby = ["king", "party"]\n',
    "programme.role_without_holder": GOOD + "\n[moves.suspend]\nby = []\n",
    "programme.consent_by_another": GOOD + '\n[facts.acceptance]\nby = ["party", "secretariat"]\n',
    "programme.fact_follows": GOOD + '\n[facts.funding]\nby = ["secretariat"]\n',
    "programme.clock_without_consequence": changed('allowance = 90\nladder = "stage"', "allowance = 90"),
    "programme.ladder_without_decision": changed('  { day = 15, does = "decide" },\n', ""),
    "programme.label_missing": changed('labels = { en = "Draft" }', 'labels = { fr = "Brouillon" }'),
    "programme.article_wrong": changed(
        'names = { en = "Kenya" }', 'names = { en = "Kenya" }\nwith_article = { en = "the" }'
    ),
    "programme.paper_unknown": GOOD + '\n[papers.letter]\nlabels = { en = "Letter" }\nlanguages = [["en"]]\n',
    "programme.paper_missing": changed("[papers.agreement]", "[papers.offer-sheet]"),
    "programme.paper_without_language": changed('Roadmap" }\nlanguages = [["en"]]', 'Roadmap" }\nlanguages = []'),
    "programme.paper_language_unknown": changed(
        'agreement" }\nlanguages = [["en"]]', 'agreement" }\nlanguages = [["fr"]]'
    ),
    "programme.paper_languages_together": changed(
        'Roadmap" }\nlanguages = [["en"]]', 'Roadmap" }\nlanguages = [["en", "es"]]'
    ),
    "programme.word_twice": GOOD + WORD,
    "programme.timezone_unknown": changed('timezone = "Africa/Kampala"', 'timezone = "Moon/Base"'),
    "programme.country_twice": GOOD + UGANDA,
    "programme.country_unknown": changed('code = "KE"', 'code = "ZZ"'),
    "programme.emblem_unknown": changed('"eight-arcs"', '"lion"'),
    "programme.prefix_twice": changed('"AGR"', '"SSC"'),
    "programme.bench_unknown": changed('consulted = ["employers", "workers"]', 'consulted = ["elders"]'),
    "programme.vocabulary_missing": changed("[[vocabularies.outcomes]]", "[[vocabularies.outcome]]"),
}


@pytest.mark.parametrize("code", BROKEN)
def test_a_broken_file_is_found_by_its_code(code: str) -> None:
    assert code in found(BROKEN[code])


MORE = {
    "an offer that nobody may answer": ("programme.stage_without_end", GOOD + "\n[moves.answer_offer]\non = false\n"),
    "a demand that nobody may answer": ("programme.stage_unreachable", GOOD + "\n[moves.answer_demand]\non = false\n"),
    "no door at all": (
        "programme.stage_without_end",
        GOOD + "\n[moves.publish_offer]\non = false\n[moves.publish_demand]\non = false\n",
    ),
    "a move that Minga should make, but never makes": (
        "programme.role_without_holder",
        GOOD + '\n[moves.begin_execution]\nby = ["system"]\n',
    ),
    "a candidate where nobody is looked for": (
        "programme.role_without_holder",
        GOOD + '\n[moves.begin_execution]\nby = ["candidate"]\n',
    ),
    "a fact that Minga should say, but never says": (
        "programme.role_without_holder",
        GOOD + '\n[facts.sheet]\nby = ["system"]\n',
    ),
    "a bench's word said by its government": (
        "programme.consent_by_another",
        GOOD + '\n[facts.endorsement]\nby = ["bench", "party"]\n',
    ),
    "a match accepted by anyone": ("programme.consent_by_another", GOOD + '\n[facts.acceptance]\nby = ["anyone"]\n'),
    "a match without acceptance": (
        "programme.consent_excused",
        GOOD + '\n[moves.begin_commitment.needs.match_accepted]\nlevel = { light = "advice" }\n',
    ),
    "no instrument": (
        "programme.consent_excused",
        GOOD + '\n[moves.begin_execution.needs.instrument]\nlevel = "off"\n',
    ),
    "a rule with other parameters": (
        "programme.rule_changed",
        GOOD + '\n[moves.publish_offer.needs.offer_door]\nparams = ["demand"]\n',
    ),
    "a ladder that ends before the due day": (
        "programme.ladder_without_decision",
        changed('{ day = 5, does = "escalate" },\n  { day = 15, does = "decide" }', '{ day = -1, does = "decide" }'),
    ),
    "a ladder that stands nowhere": (
        "programme.clock_without_consequence",
        changed('allowance = 60\nladder = "stage"', 'allowance = 60\nladder = "stairs"'),
    ),
    "a blank label": ("programme.label_missing", changed('{ en = "Draft" }', '{ en = " " }')),
    "a list without a word": (
        "programme.vocabulary_missing",
        changed('[[vocabularies.outcomes]]\ncode = "knowledge"\nlabels = { en = "Knowledge" }', "")
        + "\n[vocabularies]\noutcomes = []\n",
    ),
    "a bench whose code is no word": ("programme.malformed", changed('code = "workers"', 'code = "workers/all"')),
    "a language that is no tag": ("programme.malformed", changed('languages = ["en"]', 'languages = ["in English"]')),
}


@pytest.mark.parametrize("what", MORE)
def test_what_nobody_could_live_by_is_refused(what: str) -> None:
    code, text = MORE[what]
    assert code in found(text)


@pytest.mark.parametrize("door", Door)
def test_a_region_may_keep_one_door_closed(door: Door) -> None:
    text = GOOD + f"\n[moves.publish_{door}]\non = false\n"
    assert found(text) == set()
    assert compile_programme(resolve(text), 1).doors == tuple(other for other in Door if other != door)


def test_consent_may_be_kept_to_some_of_those_whose_it_is() -> None:
    assert found(GOOD + '\n[facts.minute]\nby = ["requester", "provider"]\n') == set()


def test_every_emblem_can_be_drawn() -> None:
    assert {f"{emblem}.svg" for emblem in EMBLEMS} <= set(ASSETS)


def test_every_code_has_its_broken_file() -> None:
    told = set()
    for module in ("lint", "publish"):
        source = Path(lint_module.__file__ or "").with_name(f"{module}.py").read_text(encoding="utf-8")
        told |= set(re.findall(r'Finding\(\s*"(programme\.[a-z_]+)"', source))
    # A requirement is named by the code, never by a file: see the test below.
    assert told - {"programme.requirement_unknown"} == set(BROKEN)


def test_a_requirement_of_another_release_is_found_in_a_stored_document() -> None:
    document: dict[str, Any] = json.loads(json.dumps(resolve(GOOD)))
    need = document["moves"]["begin_reflection"]["needs"][0]
    need["requirement"] = "blessing_received"
    assert [finding.code for finding in lint(document)] == ["programme.requirement_unknown"]


def test_one_finding_is_one() -> None:
    with pytest.raises(ProgrammeRefused, match=r"^1 finding keeps this programme from being published$"):
        resolve(BROKEN["programme.country_unknown"])


def test_all_findings_are_told_at_once() -> None:
    both = changed('timezone = "Africa/Kampala"', 'timezone = "Moon/Base"') + WORD + "\n[moves.fly]\non = false\n"
    assert found(both) == {"programme.timezone_unknown", "programme.word_twice", "programme.move_unknown"}


@pytest.mark.parametrize(
    ("word", "params", "said"),
    [
        ("count_at_least", ("activities_held", 1), "takes 3 parameters"),
        ("count_at_least", ("activities_held", "1", "activity_held"), "least is no int"),
        ("count_at_least", ("activities_held", True, "activity_held"), "least is no int"),
        ("count_at_least", ("activities_held", 0, "activity_held"), "least is less than one"),
        ("count_at_least", ("applause", 1, "activity_held"), "counter is none of"),
        ("none_left", ("activities_open", "applause"), "cure is none of"),
        ("field_present", ("supply", "institution"), "side is none of"),
        ("field_present", ("offer", "colour"), "name is none of"),
        ("any_field_present", ("offer", ("theme", "colour")), "names is none of"),
        ("each_has_said", ("witnesses", "lessons"), "role is none of"),
        ("each_has_said", ("asks", "applause"), "kind is none of"),
        ("decided", (("adopt", "dance"),), "decisions is none of"),
        ("decided", ("adopt",), "decisions is no tuple"),
        ("lies_earlier", ("paradise",), "stage is none of"),
        ("instrument_fits_the_weight", ("light",), "takes 0 parameters"),
    ],
)
def test_parameters_that_name_nothing_are_found(word: str, params: tuple[Any, ...], said: str) -> None:
    assert said in (misuse(VOCABULARY[word], params) or "")


def test_every_declared_need_is_well_used() -> None:
    for move in resolve(GOOD)["moves"].values():
        for need in move["needs"]:
            params = tuple(tuple(p) if isinstance(p, list) else p for p in need["params"])
            assert misuse(VOCABULARY[need["requirement"]], params) is None


def test_every_counter_that_an_item_weighs_in_is_known() -> None:
    held = Item("a", "activity", None, None, "held", {"days": 2}, struck=False, said_seq=1, changed_seq=1)
    assert set(weigh(held)) <= counters()
    assert "activities_held" in counters()
    assert parameters.counters() == counters()


def test_the_lint_knows_the_papers_as_they_are_drawn() -> None:
    drawn = {kind.replace("-", "_"): languages for kind, languages in DRAWN.items()}
    assert {name: set(kind.languages) for name, kind in KINDS.items()} == {n: set(ls) for n, ls in drawn.items()}
    most = {kind.replace("-", "_"): SIDE_BY_SIDE.get(kind, 1) for kind in DRAWN}
    assert {name: kind.columns for name, kind in KINDS.items()} == most
