"""`Net`: a Graph with widths and an input size, to be counted, built in torch and measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from archcalc.base.names import VariantName, resolution_name
from archcalc.base.tables import html_of
from archcalc.base.units import format_decimal
from archcalc.language.graph.graph import Graph, Node, Variant
from archcalc.language.ops import IntShape
from archcalc.language.spec.calls import INPUT

if TYPE_CHECKING:
    from archcalc.language.spec.spec import Spec


@dataclass(frozen=True)
class Net:
    """One concrete net: a spec's graph at a width, a resolution and a prune ratio."""

    kind: ClassVar[str] = "overview"
    spec: Spec
    graph: Graph
    variant: Variant
    width: float = 1.0
    """Width multiplier α."""
    prune: float | Mapping[str, float] = 0.0
    """Share cut from every prunable group, or from the named groups and stages."""
    multiple: int = field(default=8)
    """Pruned widths are multiples of this."""

    @property
    def name(self) -> str:
        """The spec's name."""
        return self.graph.name

    @property
    def size(self) -> tuple[int, int]:
        """Input height and width in pixels."""
        return self.variant.height, self.variant.width

    @property
    def resolution(self) -> int | str:
        """Input side in pixels, or "HxW" where it is not square."""
        return resolution_name(*self.size)

    @cached_property
    def shapes(self) -> Mapping[str, IntShape]:
        """(channels, height, width) of the input and of every node's output, by id."""
        return self.graph.shapes(self.variant)  # type: ignore[return-value]

    @property
    def input_shape(self) -> IntShape:
        """(channels, height, width) of the input."""
        return self.shapes[INPUT]

    def inputs_of(self, node: Node) -> list[IntShape]:
        """Return the shapes of the inputs of ``node``."""
        return [self.shapes[name] for name in node.inputs]

    def _repr_html_(self) -> str:
        return html_of(self)

    @property
    def variant_name(self) -> VariantName:
        """Name with its differences from the printed net, without pruning."""
        return VariantName.of(
            self.name,
            self.spec.sets,
            width=None if self.width == 1 else self.width,
            resolution=None if self.size == self.graph.reference[1:] else self.resolution,
        )

    @property
    def title(self) -> str:
        """Variant name and prune ratio: "mobilenet_v2@0.75-160 pruned 0.5"."""
        if not self.prune:
            return str(self.variant_name)
        share = "" if isinstance(self.prune, Mapping) else f" {format_decimal(self.prune)}"
        return f"{self.variant_name} pruned{share}"
