# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""How the audit shows a value: short, and only with characters that may be printed, whatever somebody put there."""

from ledger.findings import Finding

LONGEST = 200
SEEN_BEFORE = 40
NOTHING = "(nothing)"


def shown(value: object) -> str:
    """A value for a person to read, at most 200 characters; what cannot be printed as its escape."""
    if value is None:
        return NOTHING
    text = value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else str(value)
    text = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return text if text.isprintable() else "".join(map(_printable, text))


def shown_both(stored: object, expected: object) -> tuple[str, str]:
    """Two values that differ, cut where they are long so that both show where they begin to."""
    one, other = (value if isinstance(value, str) else shown(value) for value in (stored, expected))
    alike = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    start = alike - SEEN_BEFORE if max(len(one), len(other)) > LONGEST and alike > SEEN_BEFORE else 0
    mark = "…" if start else ""
    return shown(mark + one[start:]), shown(mark + other[start:])


def of_table(finding: Finding, table: str) -> Finding:
    """The ledger's finding with the table it is about before its column."""
    column = f"{table}.{shown(finding.column)}"
    stored, expected, text = shown(finding.stored), shown(finding.expected), shown(finding.text)
    return Finding(finding.code, finding.stream, finding.seq, column, stored, expected, text)


def _printable(char: str) -> str:
    return char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
