"""What a picture shows before it is laid out: boxes, what flows between them, repeated groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from archcalc.base.errors import ArchcalcError
from archcalc.base.names import size_text
from archcalc.language.ops import IntShape

MOST_BOXES = 4000
"""Beyond this nobody sees a picture, and laying it out takes minutes."""

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

    ``layers``: ids of the nodes that it represents. ``label`` is what it is; ``before`` and
    ``after`` are what is folded into it, or a second line. ``entering``: channels of its first
    input. ``about`` is its tooltip.
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
    """What one box gives another: the shapes, more than one where copies of a row differ.

    A link that bypasses other boxes is a "shortcut", or "gated" where it meets its gate: there
    the bypass is the main path, and the gate is beside it.
    """

    source: str
    target: str
    shapes: tuple[IntShape, ...]
    kind: LinkKind = "flow"


@dataclass(frozen=True)
class Frame:
    """Boxes that run ``times`` times one after another."""

    boxes: tuple[str, ...]
    times: int


@dataclass(frozen=True)
class Diagram:
    """Boxes in an order in which every link leads onwards.

    ``scaled``: whether boxes are as wide as they have channels.
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
        """The shapes that each box gives, by its id."""
        found: dict[str, dict[IntShape, None]] = {box.id: {} for box in self.boxes}
        for link in self.links:
            found[link.source] |= dict.fromkeys(link.shapes)
        return {name: tuple(shapes) for name, shapes in found.items()}


def size_words(shapes: Sequence[IntShape]) -> str:
    """Write what a box gives: "56x56x24"; of many shapes the first and the last."""
    texts = list(dict.fromkeys(map(size_text, shapes)))
    return ", ".join(texts) if len(texts) < 3 else f"{texts[0]} … {texts[-1]}"


def with_bypasses(boxes: Sequence[Box], links: Sequence[Link]) -> tuple[Link, ...]:
    """Return ``links`` with those that bypass other boxes marked.

    A link bypasses where its target is reached from its source by a longer way too. Raises
    ArchcalcError where there are too many boxes to be seen.
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
