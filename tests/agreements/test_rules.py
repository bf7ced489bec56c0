# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The agreement's machine: these edges and no others."""

from agreements.rules import ENDED, MACHINE, STEPS, UNSIGNED, Status


def test_the_machine_has_these_edges() -> None:
    assert set(MACHINE.edges()) == {
        ("open_negotiation", "draft", "negotiation"),
        ("send_for_clearance", "negotiation", "clearance"),
        ("open_for_signature", "clearance", "open_for_signature"),
        ("return_to_negotiation", "clearance", "negotiation"),
        ("return_to_negotiation", "open_for_signature", "negotiation"),
        ("complete_signatures", "open_for_signature", "signed"),
        ("seal", "signed", "sealed"),
        ("bring_into_force", "sealed", "in_force"),
        ("supersede", "in_force", "amended"),
        ("expire", "in_force", "expired"),
        ("terminate", "in_force", "terminated"),
        ("terminate", "sealed", "terminated"),
        ("terminate", "signed", "terminated"),
    }


def test_what_ended_stays_ended() -> None:
    assert {status for status in Status if not MACHINE.moves_from(status.value)} == ENDED


def test_signing_and_superseding_follow_by_themselves() -> None:
    assert {name for name, step in STEPS.items() if step.by == ("system",)} == {"complete_signatures", "supersede"}


def test_before_signing_ends_nothing_has_force() -> None:
    assert {"draft", "negotiation", "clearance", "open_for_signature"} == UNSIGNED
