"""A net or a spec in a notebook: its costs, and its drawing or table."""

from __future__ import annotations

from archcalc.base.document import Block, FigureBlock, Note, Section
from archcalc.base.errors import ArchcalcError
from archcalc.base.messages import Messages
from archcalc.cost.counting.paper_rows import with_costs
from archcalc.cost.counting.table import count
from archcalc.language.graph import Net
from archcalc.language.graph.build import build
from archcalc.language.spec.spec import Spec
from archcalc.output.drawing.drawing import draw
from archcalc.output.present import costs, printed


def present(thing: Net | Spec, t: Messages) -> Section:
    """Return the totals of a net by stage and its drawing; for a spec the paper's table."""
    return _net(thing, t) if isinstance(thing, Net) else _spec(thing, t)


def _net(net: Net, t: Messages) -> Section:
    section = costs.present(count(net).by("stage"), t)
    blocks: list[Block] = list(section.blocks)
    try:
        title = t("overview.drawing", net=net.title)
        blocks.append(FigureBlock(draw(net).svg, title, title))
    except ArchcalcError:
        pass  # too many layers for a readable drawing
    return Section("overview", section.title, blocks)


def _spec(spec: Spec, t: Messages) -> Section:
    """Return the table with the costs of its rows, or the errors of an invalid spec."""
    try:
        table = with_costs(count(build(spec)))
    except ArchcalcError as error:
        errors = [Note(line, "warning") for line in str(error).splitlines()]
        return Section("overview", repr(spec), errors)
    return printed.present(table, t)
