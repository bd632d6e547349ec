"""One layer's cost, and the keys to sum layers by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from archcalc.base.names import sides_text, size_text
from archcalc.base.tables import Record
from archcalc.language.graph import Node
from archcalc.language.ops import IntShape, Terms

DTYPES = {"f32": 4, "f16": 2, "int8": 1}
"""Bytes of one weight and one activation."""


@dataclass(frozen=True)
class LayerCost:
    """One layer's cost. Bytes at the table's dtype; MAdds and activations for the whole batch."""

    node: Node
    inputs: tuple[IntShape, ...]
    output: IntShape
    terms: Terms
    madds: int
    params: int
    weight_bytes: int
    activation_bytes: int
    traffic_bytes: int
    """Weights, inputs and output: the memory traffic without a cache."""

    @property
    def flops(self) -> int:
        """2 × MAdds."""
        return 2 * self.madds

    @property
    def intensity(self) -> float:
        """Arithmetic intensity: FLOPs per byte of weights, inputs and output."""
        return round(self.flops / self.traffic_bytes, 4) if self.traffic_bytes else 0.0

    @property
    def kernel(self) -> tuple[int, int] | None:
        """Height and width of its window."""
        return self.node.op.kernel_size(self.inputs)  # type: ignore[return-value]

    @property
    def groups(self) -> int | None:
        """Groups of a convolution; its channels where it is depthwise."""
        return self.node.op.groups_of(self.inputs)  # type: ignore[return-value]

    def to_dict(self) -> Record:
        """Return the layer as in ``rows`` of ``count --format json``."""
        node, kernel = self.node, self.kernel
        return {
            "id": node.id,
            "row": node.row,
            "block": node.block,
            "op": node.op.label,
            "inputs": [list(shape) for shape in self.inputs],
            "output": list(self.output),
            "kernel": list(kernel) if kernel else None,
            "stride": node.op.stride_of(),
            "groups": self.groups,
            "count": node.count,
            "stage": node.stage,
            "madds": self.madds,
            "params": self.params,
            "flops": self.flops,
            "weight_bytes": self.weight_bytes,
            "activation_bytes": self.activation_bytes,
            "arithmetic_intensity": self.intensity,
            "terms": self.terms.nonzero(),
        }

    def record(self) -> Record:
        """Return the layer as a flat record, for CSV."""
        kernel = self.kernel
        flat = {
            **self.to_dict(),
            "inputs": " + ".join(map(size_text, self.inputs)),
            "output": size_text(self.output),
            "kernel": sides_text(*kernel) if kernel else None,
        }
        del flat["terms"]
        return flat


KEYS: dict[str, Callable[[Node], str]] = {
    "layer": lambda node: node.id,
    "block": lambda node: node.block,
    "row": lambda node: node.row_id,
    "op": lambda node: node.op.label,
    "stage": lambda node: f"stage_{node.stage}",
}
"""Keys to sum layers by."""
