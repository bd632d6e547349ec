"""A picture before layout: boxes, links between them, repeated groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from archcalc.base.errors import ArchcalcError
from archcalc.base.names import size_text
from archcalc.language.ops import IntShape

MOST_BOXES = 4000
"""Maximum boxes: larger pictures are unreadable, and take minutes to lay out."""

NodeKind = Literal[
    "input", "output", "row", "conv", "depthwise", "linear", "pool", "function", "add", "multiply",
    "concat", "other",
]  # fmt: skip

MERGES: tuple[NodeKind, ...] = ("add", "multiply")
"""Drawn as a sign in a circle."""

LinkKind = Literal["flow", "gated", "shortcut"]


@dataclass(frozen=True)
class Box:
    """Some layers drawn as one.

    ``layers``: ids of its nodes. ``label``: its main layer; ``before`` and ``after``: folded
    layers, or a second line. ``entering``: channels of its first input. ``about``: its tooltip.
    """

    id: str
    kind: NodeKind
    label: str
    layers: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    entering: int = 0
    times: int = 1
    stage: int = 0
    madds: int = 0
    share: float | None = None
    """Percent of the net's MAdds."""
    about: str = ""


@dataclass(frozen=True)
class Link:
    """A link from one box to another: the shapes, several where copies of a row differ.

    A link that bypasses other boxes is a "shortcut", or "gated" where it is multiplied by its
    gate: there the bypass is the main path.
    """

    source: str
    target: str
    shapes: tuple[IntShape, ...]
    kind: LinkKind = "flow"


@dataclass(frozen=True)
class Frame:
    """A group of boxes that runs ``times`` times."""

    boxes: tuple[str, ...]
    times: int


@dataclass(frozen=True)
class Diagram:
    """Boxes in topological order, and links.

    ``scaled``: whether widths of boxes are to the scale of their channels.
    """

    title: str
    about: str
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]
    frames: tuple[Frame, ...] = ()
    scaled: bool = False

    @cached_property
    def by_id(self) -> dict[str, Box]:
        """Every box by its id."""
        return {box.id: box for box in self.boxes}

    @cached_property
    def given(self) -> dict[str, tuple[IntShape, ...]]:
        """The output shapes of each box, by its id."""
        found: dict[str, dict[IntShape, None]] = {box.id: {} for box in self.boxes}
        for link in self.links:
            found[link.source] |= dict.fromkeys(link.shapes)
        return {name: tuple(shapes) for name, shapes in found.items()}


def size_words(shapes: Sequence[IntShape]) -> str:
    """Write the output of a box: "56x56x24"; of many shapes the first and the last."""
    texts = list(dict.fromkeys(map(size_text, shapes)))
    return ", ".join(texts) if len(texts) < 3 else f"{texts[0]} … {texts[-1]}"


def with_bypasses(boxes: Sequence[Box], links: Sequence[Link]) -> tuple[Link, ...]:
    """Return ``links`` with those that bypass other boxes marked.

    A link bypasses boxes if a longer path leads from its source to its target. Raises
    ArchcalcError for more than `MOST_BOXES` boxes.
    """
    if len(boxes) > MOST_BOXES:
        raise ArchcalcError(
            f"a picture of {len(boxes)} boxes (at most {MOST_BOXES}): draw single blocks"
        )
    bit = {box.id: 1 << index for index, box in enumerate(boxes)}
    kinds = {box.id: box.kind for box in boxes}
    sources: dict[str, list[str]] = {box.id: [] for box in boxes}
    for link in links:
        sources[link.target].append(link.source)
    above: dict[str, int] = {}
    longer: dict[str, int] = {}
    for box in boxes:
        longer[box.id] = 0
        for source in sources[box.id]:
            longer[box.id] |= above[source]
        above[box.id] = longer[box.id] | sum(bit[source] for source in set(sources[box.id]))
    marked = []
    for link in links:
        if longer[link.target] & bit[link.source]:
            kind: LinkKind = "gated" if kinds[link.target] == "multiply" else "shortcut"
            marked.append(replace(link, kind=kind))
        else:
            marked.append(link)
    return tuple(marked)
