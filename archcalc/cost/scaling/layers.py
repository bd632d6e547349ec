"""The layers of many variants, as one long table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from archcalc.cost.scaling.grid import QUANTITIES, Block, BlockTable, Columns, Grid, Part


@dataclass(frozen=True)
class LayerGrid(BlockTable):
    """One record for each variant and layer of a grid, layers in the order in which they run."""

    grid: Grid

    @property
    def title(self) -> str:
        return f"{self.grid.title} · by layer"

    @property
    def columns(self) -> Columns:
        choices = {k: v for k, v in self.grid.columns.items() if k not in QUANTITIES}
        return {**choices, "layer": str, "op": str, "madds": int, "params": int}

    def blocks(self) -> Iterator[Block]:
        """Yield the records of each part by column."""
        for index, part in enumerate(self.grid.parts):
            yield self._block(part, self.grid.layers(index))

    def notes(self) -> Sequence[str]:
        return self.grid.notes()

    def _block(self, part: Part, layers: Any) -> Block:
        nodes = part.graph.nodes
        # (variants, layers), so that the layers of one variant follow one another
        madds, params = (
            np.stack([layers[node.id][which].ravel() for node in nodes], axis=1).ravel().tolist()
            for which in (0, 1)
        )
        found: dict[str, list[Any]] = {
            name: [value for value in values for _ in nodes]
            for name, values in part.choices().items()
        }
        found |= {
            "layer": [node.id for node in nodes] * len(part),
            "op": [node.op.label for node in nodes] * len(part),
            "madds": madds,
            "params": params,
        }
        return {name: found[name] for name in self.columns}
