"""A net or a spec as a notebook shows it: what it costs, and the table or the drawing of it."""

from __future__ import annotations

from archcalc.cost import count
from archcalc.cost.paper_costs import with_costs
from archcalc.drawing.drawing import draw
from archcalc.errors import ArchcalcError
from archcalc.graph import Net
from archcalc.graph.build import build
from archcalc.notebook import folded, heading, lines, page_of
from archcalc.spec.spec import Spec


def page(thing: Net | Spec) -> str:
    """Return the HTML of a net or of a spec; a spec with faults shows these."""
    return _net(thing) if isinstance(thing, Net) else _spec(thing)


def _net(net: Net) -> str:
    costs = count(net)
    try:
        drawing = folded("drawing", draw(net).svg)
    except ArchcalcError:  # too much to see
        drawing = ""
    return f"<div>{page_of(costs.by('stage').for_people())}{drawing}</div>"


def _spec(spec: Spec) -> str:
    try:
        table = with_costs(count(build(spec)))
    except ArchcalcError as error:
        faults = str(error).splitlines()
        return f"<div>{heading(repr(spec))}{lines(faults)}</div>"
    return page_of(table.for_people())
