# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The chart of a programme: the moves ahead, drawn from its machine as a Mermaid state diagram."""

from cycle.programme import Programme
from cycle.publish import declared_moves
from cycle.words import Stage


def chart(programme: Programme) -> str:
    """Each edge of the machine that leads on, once. Returns and the lifecycle beside the stages are left out."""
    moves = programme.moves
    declared, stages = list(declared_moves()), list(Stage)
    ahead = [edge for edge in programme.machine.edges() if moves[edge[0]].to and not moves[edge[0]].is_return]
    # In the order of the stage files: a stored programme keeps its moves by name.
    ahead.sort(key=lambda edge: (declared.index(edge[0]), stages.index(Stage(edge[1]))))
    lines = ("direction TB", "[*] --> draft", *(f"{a} --> {b}: {name}" for name, a, b in ahead), "closed --> [*]")
    return "stateDiagram-v2\n" + "".join(f"  {line}\n" for line in lines)
