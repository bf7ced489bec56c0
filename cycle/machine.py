# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""One frozen state machine per programme version; the only module that knows `transitions`.

No model is ever bound: a bound row would be reset to the initial state, leak, and cost twenty times as much. Nothing is
called back: effects belong to the ledger and the outbox. Guards are not given to the machine either: it would refuse
silently, where the cycle owes every reason at once.
"""

from collections.abc import Iterable

from transitions import Machine

from cycle.rules import Move


class _Place:
    """A throw-away holder of a state, all that the machine needs to see."""

    __slots__ = ("state",)

    def __init__(self, state: str) -> None:
        self.state = state


class StageMachine:
    """Which move leads from where to where; built once, then only asked."""

    def __init__(self, states: Iterable[str], moves: Iterable[tuple[str, tuple[str, ...], str | None]]) -> None:
        """`moves` are (name, sources, destination); no destination keeps the state."""
        self._states = tuple(states)
        self._machine = Machine(
            model=None, states=list(self._states), initial=self._states[0], send_event=True, auto_transitions=False
        )
        for name, sources, to in moves:
            self._machine.add_transition(name, list(sources), to if to is not None else "=")
        # A frozen machine answers the same question always in the same way: each is put to it once.
        self._destinations: dict[tuple[str, str], str] = {}
        self._from = {state: tuple(self._machine.get_triggers(state)) for state in self._states}

    # Plain texts, not enum members: the library would take a member's name for the state.
    @classmethod
    def of(cls, states: Iterable[str], moves: Iterable[Move]) -> "StageMachine":
        return cls(states, ((m.name, tuple(str(s) for s in m.sources), str(m.to) if m.to else None) for m in moves))

    def moves_from(self, state: str) -> tuple[str, ...]:
        """The moves that start in a state."""
        return self._from[state]

    def allows(self, move: str, state: str) -> bool:
        return move in self._from[state]

    def destination(self, move: str, state: str) -> str:
        """Where a move leads. Raises transitions.MachineError when it does not start here."""
        known = self._destinations.get((move, state))
        if known is None:
            place = _Place(state)
            self._machine.events[move].trigger(place)
            known = self._destinations[move, state] = place.state
        return known

    def edges(self) -> tuple[tuple[str, str, str], ...]:
        """Every (move, source, destination), for the chart and the lint."""
        return tuple(
            (name, source, transition.dest or source)
            for name, event in self._machine.events.items()
            for source, steps in event.transitions.items()
            for transition in steps
        )
