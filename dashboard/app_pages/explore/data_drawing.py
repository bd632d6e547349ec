"""What Explore keeps in the URL, and which drawing it shows."""

from __future__ import annotations

from archcalc import CostTable
from archcalc.output.drawing import draw
from dashboard.app_pages.explore.data_icicle import QUANTITY
from dashboard.app_pages.explore.data_layers import AT, BY, block_of
from dashboard.shell.fields import choice_field

DRAWING = choice_field("draw", ("block", "net"))
"""What is drawn: the marked block, or the whole net."""

FIELDS = (BY, AT, DRAWING, QUANTITY)


def drawing(table: CostTable, by: str, at: str, what: str) -> tuple[str, str]:
    """Return an SVG and the same in words: of the marked block, or of the net.

    Raises ArchcalcError where there is too much to see.
    """
    made = draw(table.net, block=block_of(table, by, at) if what == "block" else None)
    return made.svg, str(made.tree)
