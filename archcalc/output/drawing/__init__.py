"""Pictures of nets and blocks as the papers draw them, and trees for a terminal.

drawing = draw(build("mobilenet_v2"))                            # the rows of the paper's table
drawing = draw(build("mobilenet_v2"), block="bottleneck_3.2")    # the layers of one block
drawing.svg                  # a file, or a part of HTML; a notebook shows it by itself

Rows or layers become a `Diagram` (boxes and links), which is laid out in ranks from top to
bottom, in pixels, and written as SVG. The drawing depends on the operators and their links alone,
not on the names of blocks.
"""

from archcalc.output.drawing.diagram import Box, Diagram, Frame, Link
from archcalc.output.drawing.drawing import Drawing, draw
from archcalc.output.drawing.kinds import BlockKind, block_kinds
from archcalc.output.drawing.layout import Layout

__all__ = [
    "BlockKind",
    "Box",
    "Diagram",
    "Drawing",
    "Frame",
    "Layout",
    "Link",
    "block_kinds",
    "draw",
]
