"""`draw`: the picture of a net, or of blocks of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from archcalc.base.tables import Record
from archcalc.language.graph import Net
from archcalc.output.drawing.diagram import Diagram
from archcalc.output.drawing.geometry import Rect
from archcalc.output.drawing.layers import layer_diagram
from archcalc.output.drawing.layout import Layout, PlacedBox, Route, lay_out
from archcalc.output.drawing.png import Png, to_png
from archcalc.output.drawing.rows import row_diagram
from archcalc.output.drawing.svg import to_svg
from archcalc.output.drawing.tree import Tree


@dataclass(frozen=True)
class Drawing:
    """A diagram, laid out on first use."""

    net: Net
    diagram: Diagram
    block: str | None = None

    @cached_property
    def layout(self) -> Layout:
        """The layout; raises ArchcalcError for a diagram that is too large."""
        return lay_out(self.diagram)

    @cached_property
    def svg(self) -> str:
        """The picture as SVG: a file, or a part of HTML."""
        return to_svg(self.layout)

    @cached_property
    def png(self) -> Png:
        """The picture as PNG; raises MissingPackage without matplotlib."""
        return to_png(self.svg)

    @cached_property
    def tree(self) -> Tree:
        """The same as a text tree: ``str(drawing.tree)``."""
        return Tree(self.net, self.block)

    def to_dict(self) -> Record:
        """Return every box, link and frame with its place, as ``--format json`` prints them."""
        layout, net = self.layout, self.net
        return {
            "model": net.name,
            "width": net.width,
            "resolution": net.resolution,
            "prune": net.prune,
            "set": net.spec.caption,
            "block": self.block,
            "canvas": [layout.width, layout.height],
            "boxes": [_box(placed) for placed in layout.boxes],
            "links": [_link(route) for route in layout.routes],
            "frames": [
                {"boxes": list(one.frame.boxes), "times": one.frame.times, "rect": _rect(one.rect)}
                for one in layout.frames
            ],
        }

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_html_(self) -> str:
        return self.svg


def draw(net: Net, *, block: str | None = None) -> Drawing:
    """Draw ``net``: the rows of the paper's table, or the layers of one block.

    ``block``: the id of a block (row.copy) or of a row (its first copy), or several separated by
    commas: "dwconv_2,conv_3" is V1's separable pair. Raises UnknownName.
    """
    return Drawing(net, row_diagram(net) if block is None else layer_diagram(net, block), block)


def _box(placed: PlacedBox) -> Record:
    box = placed.box
    return {
        "id": box.id,
        "kind": box.kind,
        "label": box.label,
        "before": box.before,
        "after": box.after,
        "layers": list(box.layers),
        "times": box.times,
        "stage": box.stage,
        "madds": box.madds,
        "madds_share": None if box.share is None else round(box.share, 4),
        "rect": _rect(placed.rect),
    }


def _link(route: Route) -> Record:
    link = route.link
    return {
        "source": link.source,
        "target": link.target,
        "kind": link.kind,
        "shapes": [list(shape) for shape in link.shapes],
        "path": [[step.letter, *map(list, step.points)] for step in route.steps],
    }


def _rect(rect: Rect) -> list[float]:
    """Return left, top, right, bottom in pixels."""
    return [rect.left, rect.top, rect.right, rect.bottom]
