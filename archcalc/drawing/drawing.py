"""One picture: of a net, or of blocks of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from archcalc.drawing.diagram import Diagram
from archcalc.drawing.layers import layer_diagram
from archcalc.drawing.layout import Layout, lay_out
from archcalc.drawing.rows import row_diagram
from archcalc.drawing.svg import to_svg
from archcalc.graph import Net


@dataclass(frozen=True)
class Drawing:
    """A diagram, laid out when it is asked for."""

    net: Net
    diagram: Diagram
    block: str | None = None

    @cached_property
    def layout(self) -> Layout:
        """Everything in its place; raises ArchcalcError where there is too much to see."""
        return lay_out(self.diagram)

    @cached_property
    def svg(self) -> str:
        """The picture as SVG, to stand alone or within HTML."""
        return to_svg(self.layout)

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_html_(self) -> str:
        return self.svg


def draw(net: Net, *, block: str | None = None) -> Drawing:
    """Draw ``net``: its rows as the paper's table has them; or the layers of one block.

    ``block``: a block's id (row.copy), a row's id, which means its first copy, or several of
    them with commas between: "dwconv_2,conv_3" is V1's separable pair. Raises UnknownName.
    """
    return Drawing(net, row_diagram(net) if block is None else layer_diagram(net, block), block)
