"""Sizes of boxes: large enough for their text; in drawings to scale, as wide as their channels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

from archcalc.base.errors import shorten
from archcalc.output.drawing.diagram import MERGES, Box, Diagram, size_words
from archcalc.output.drawing.geometry import text_width

BOLD, SMALL = 12.5, 11.0
"""Sizes of a box's first line, and of every other text, in pixels."""
LINE = 15.0
"""From one line of text to the next."""
ROW_WIDTH, ROW_HEIGHT = 190.0, 44.0
WIDEST = 240.0
"""Of the box with the most channels in a picture that is drawn to scale."""
RADIUS = 11.0
SLAB = 5.0
"""Thickness of the bar that shows a box's output channels."""
ASIDE = 7.0
"""Of a label from the line it belongs to."""
LONGEST = 44
"""Characters of a label; a longer one is cut in the middle; its tooltip has it whole."""


@dataclass(frozen=True)
class Cell:
    """The space of one box: its size, and the extent of its label to the right.

    ``top`` and ``bottom``: widths for its input and output channels, in drawings to scale.
    """

    width: float
    height: float
    lines: tuple[tuple[str, bool], ...]
    """Its text, and which lines are bold."""
    label: str
    """The size of its output, written beside the line below it."""
    top: float = 0
    bottom: float = 0

    @property
    def label_width(self) -> float:
        """Width of the label."""
        return text_width(self.label, SMALL)

    @property
    def left(self) -> float:
        """Extent from its centre line to the left."""
        return self.width / 2

    @property
    def right(self) -> float:
        """Extent to the right, including its label."""
        beside = ASIDE + self.label_width if self.label else 0
        return max(self.width / 2, beside)


def cells_of(diagram: Diagram) -> dict[str, Cell]:
    """Return the space of every box, by its id."""
    channels = [shape[0] for shapes in diagram.given.values() for shape in shapes]
    channels += [box.entering for box in diagram.boxes]
    most = max([1, *channels])
    cells = {box.id: _cell(diagram, box, WIDEST / most) for box in diagram.boxes}
    rows = [box.id for box in diagram.boxes if box.kind == "row"]
    wide = max((cells[row].width for row in rows), default=0)
    return cells | {row: replace(cells[row], width=wide) for row in rows}


def _cell(diagram: Diagram, box: Box, scale: float) -> Cell:
    shapes = diagram.given[box.id]
    label = size_words(shapes)
    if box.kind in MERGES:
        return Cell(2 * RADIUS, 2 * RADIUS, (), label)
    lines = [(box.before, False), (box.label, True), (box.after, False)]
    texts = tuple((shorten(text, LONGEST), bold) for text, bold in lines if text)
    wide = max(text_width(text, BOLD if bold else SMALL, bold=bold) for text, bold in texts)
    if box.kind == "row":
        marks = text_width(times_words(box), BOLD, bold=True)
        return Cell(_even(max(ROW_WIDTH, wide + marks + 30)), ROW_HEIGHT, texts, label)
    tall = LINE * len(texts) + 9
    if box.kind in ("input", "output") or not diagram.scaled:
        return Cell(_even(wide + 22), tall, texts, label)
    bottom = max(3.0, scale * max((shape[0] for shape in shapes), default=box.entering))
    top = bottom if box.kind == "concat" else max(3.0, scale * box.entering)
    return Cell(_even(max(wide + 12, top, bottom)), tall + SLAB, texts, label, top, bottom)


def _even(width: float) -> float:
    """Return an even width, so that boxes on one line share their centre line exactly."""
    return 2.0 * ceil(width / 2)


def times_words(box: Box) -> str:
    """Write the number of runs of a box: "×4", or nothing for one."""
    return f"×{box.times}" if box.times > 1 else ""
