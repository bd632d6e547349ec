"""A net or a spec as a notebook shows it: what it costs, and the table or the drawing of it."""

from __future__ import annotations

from archcalc.base.errors import ArchcalcError
from archcalc.base.notebook import folded, heading, lines, page_of
from archcalc.cost.counting.paper_rows import with_costs
from archcalc.cost.counting.table import count
from archcalc.language.graph import Net
from archcalc.language.graph.build import build
from archcalc.language.spec.spec import Spec
from archcalc.output.drawing.drawing import draw


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
