"""The plan of a picture: ranks, centre lines, arcs and heights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from archcalc.output.drawing.arcs import Arc, arcs_of
from archcalc.output.drawing.cells import Cell, cells_of
from archcalc.output.drawing.diagram import Diagram
from archcalc.output.drawing.places import centres
from archcalc.output.drawing.ranks import Ranks, Slot, ranks_of

HEADER = 52.0
"""Space of the title."""
LABEL = 19.0
"""Below a box, where lines are straight so that they do not cross its label."""
ARROW = 11.0
"""Above a box, for the heads of arrows."""
_ARC_BEND = 90.0
"""Width reserved for a bend where an arc begins or ends."""


@dataclass(frozen=True)
class Lines:
    """Heights of the ranks: tops and bottoms of boxes, and the band in which links bend."""

    top: tuple[float, ...]
    bottom: tuple[float, ...]
    bent: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Plan:
    """A diagram with its ranks in a single column.

    ``spans``: first and last rank of each frame.
    """

    diagram: Diagram
    cells: Mapping[str, Cell]
    ranks: Ranks
    x: Mapping[Slot, float]
    arcs: Mapping[int, Arc]
    lines: Lines
    spans: tuple[tuple[int, int], ...]


def plan(diagram: Diagram) -> Plan:
    """Return the plan of a diagram; raises ArchcalcError if it is too large."""
    cells, ranks = cells_of(diagram), ranks_of(diagram)
    x = centres(ranks, cells)
    arcs = arcs_of(diagram, ranks, cells, x)
    rows = [[ranks.rank[name] for name in frame.boxes] for frame in diagram.frames]
    spans = tuple((min(at), max(at)) for at in rows)
    return Plan(diagram, cells, ranks, x, arcs, _lines(ranks, cells, x, arcs), spans)


def _lines(
    ranks: Ranks, cells: Mapping[str, Cell], x: Mapping[Slot, float], arcs: Mapping[int, Arc]
) -> Lines:
    bend = [0.0] * len(ranks.rows)
    for a, b, _ in ranks.edges:
        bend[ranks.rank[a]] = max(bend[ranks.rank[a]], abs(x[a] - x[b]))
    for arc in arcs.values():
        bend[arc.first] = max(bend[arc.first], _ARC_BEND)
        if not arc.aside:
            bend[arc.last - 1] = max(bend[arc.last - 1], _ARC_BEND)
    top, bottom, bent, at = [], [], [], HEADER
    for row, slots in enumerate(ranks.rows):
        top.append(at)
        boxes = [cells[slot] for slot in slots if isinstance(slot, str)]
        bottom.append(at + max((cell.height for cell in boxes), default=0.0))
        curve = 5.0 if bend[row] < 1 else min(46.0, 16 + bend[row] / 7)
        bent.append((bottom[-1] + LABEL, bottom[-1] + LABEL + curve))
        at = bent[-1][1] + ARROW
    return Lines(tuple(top), tuple(bottom), tuple(bent))
