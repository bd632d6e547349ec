"""The costs of many variants: arrays by width, resolution and prune ratio, and flat records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from archcalc.base.errors import UnknownName
from archcalc.base.names import resolution_name
from archcalc.base.units import format_decimal, format_exact
from archcalc.cost.counting.layer import KEYS
from archcalc.cost.scaling.columns import Arrays, Columns, ColumnTable, column_of
from archcalc.cost.scaling.evaluate import Axes, Totals, evaluate_layers
from archcalc.cost.scaling.factors import Integers
from archcalc.language.conventions.convention import Convention
from archcalc.language.graph import Graph
from archcalc.language.graph.build import Prune
from archcalc.language.spec.spec import Spec

QUANTITIES = ("madds", "params", "weight_bytes", "activation_bytes", "peak_memory_bytes")


class Choices(Protocol):
    """The choices of a part of a sweep: a `GridPart`, or the job that makes it."""

    @property
    def sets(self) -> str: ...
    @property
    def resolutions(self) -> Sequence[tuple[int, int]]: ...
    @property
    def prunes(self) -> Sequence[Prune]: ...


def columns_of(parts: Iterable[Choices]) -> Columns:
    """Return the columns of the records of ``parts`` together."""
    parts = list(parts)
    square = all(height == width for part in parts for height, width in part.resolutions)
    uniform = not any(isinstance(prune, Mapping) for part in parts for prune in part.prunes)
    return {
        "model": str,
        "width": float,
        "resolution": int if square else str,
        "prune": float if uniform else str,
        **({"set": str} if any(part.sets for part in parts) else {}),
        **dict.fromkeys(QUANTITIES, int),
    }


@dataclass(frozen=True)
class GridPart:
    """Variants of one net.

    For a product of choices the arrays of ``totals`` are of shape (widths, resolutions, prunes);
    for a list of points all three sequences have the length of the arrays.
    """

    spec: Spec
    graph: Graph
    sets: str
    widths: tuple[str, ...]
    resolutions: tuple[tuple[int, int], ...]
    prunes: tuple[Prune, ...]
    axes: Axes
    totals: Totals

    @property
    def is_product(self) -> bool:
        """Whether the variants are a product of the three choices, and not a list."""
        return self.axes.is_product

    def __len__(self) -> int:
        return int(self.totals.madds.size)

    def choice(self, index: int) -> tuple[str, tuple[int, int], Prune]:
        """Return (width, (height, width in pixels), prune) of the variant at a flat index."""
        if not self.is_product:
            return self.widths[index], self.resolutions[index], self.prunes[index]
        w, r, p = np.unravel_index(index, self.totals.madds.shape)
        return self.widths[int(w)], self.resolutions[int(r)], self.prunes[int(p)]

    def choices(self) -> dict[str, npt.NDArray[Any]]:
        """Return the choices of each variant as columns, in flat order."""
        found = {
            "width": column_of(map(float, self.widths)),
            "resolution": column_of(resolution_name(*side) for side in self.resolutions),
            "prune": column_of(map(prune_text, self.prunes)),
        }
        if self.is_product:
            at = np.indices(self.totals.madds.shape).reshape(3, -1)
            found = {name: found[name][i] for name, i in zip(found, at, strict=True)}
        return {
            "model": np.full(len(self), self.spec.name, dtype=object),
            **found,
            "set": np.full(len(self), self.sets, dtype=object),
        }


@dataclass(frozen=True)
class Grid(ColumnTable):
    """The costs of many variants of one net or of several, under one convention."""

    parts: tuple[GridPart, ...]
    convention: Convention
    batch: int = 1
    dtype: str = "f32"
    whole: Columns | None = None
    """The columns of the whole sweep, of which this may be a piece."""

    def __len__(self) -> int:
        return sum(len(part) for part in self.parts)

    @property
    def title(self) -> str:
        models = ", ".join(dict.fromkeys(part.spec.name for part in self.parts))
        return f"{models} · {variants(len(self))} · {self.convention.name}"

    @cached_property
    def columns(self) -> Columns:
        """The columns of the records; ``set`` is one where any variant has transforms."""
        return self.whole or columns_of(self.parts)

    def arrays(self) -> Iterator[Arrays]:
        """Yield the records of each part by column: the choices and the totals."""
        for part in self.parts:
            totals = {name: getattr(part.totals, name).ravel() for name in QUANTITIES}
            yield {**part.choices(), **totals}

    def layers(self, part: int = 0) -> Mapping[str, tuple[Integers, Integers]]:
        """Return (MAdds, params) of every layer of one part: arrays of the shape of its totals."""
        chosen = self.parts[part]
        return evaluate_layers(chosen.graph, chosen.axes, self.convention, batch=self.batch)

    def sums(self, by: str, part: int = 0) -> Mapping[str, tuple[Integers, Integers]]:
        """Return (MAdds, params) of one part's layers, summed by a key of `CostTable.by`.

        Arrays of the shape of its totals, in execution order.
        """
        if by not in KEYS:
            raise UnknownName("grouping", by, KEYS)
        layers = self.layers(part)
        found: dict[str, tuple[Integers, Integers]] = {}
        for node in self.parts[part].graph.nodes:
            madds, params = layers[node.id]
            before = found.get(key := KEYS[by](node), (0, 0))
            found[key] = before[0] + madds, before[1] + params
        return found

    def by_layer(self) -> LayerGrid:
        """Return the table of one record per variant and layer."""
        return LayerGrid(self)

    def notes(self) -> Sequence[str]:
        return [f"{self.convention.name}: {self.convention.about}"]


@dataclass(frozen=True)
class LayerGrid(ColumnTable):
    """One record per variant and layer of a grid, layers in execution order."""

    grid: Grid

    @property
    def title(self) -> str:
        return f"{self.grid.title} · by layer"

    @property
    def columns(self) -> Columns:
        choices = {k: v for k, v in self.grid.columns.items() if k not in QUANTITIES}
        return {**choices, "layer": str, "op": str, "madds": int, "params": int}

    def arrays(self) -> Iterator[Arrays]:
        """Yield the records of each part by column."""
        for index, part in enumerate(self.grid.parts):
            layers, nodes = self.grid.layers(index), part.graph.nodes
            # (variants, layers), so that the layers of one variant follow one another
            madds, params = (
                np.stack([layers[node.id][which].ravel() for node in nodes], axis=1).ravel()
                for which in (0, 1)
            )
            ids, ops = (
                column_of(texts)
                for texts in ([node.id for node in nodes], [node.op.label for node in nodes])
            )
            yield {
                **{name: np.repeat(column, len(nodes)) for name, column in part.choices().items()},
                "layer": np.tile(ids, len(part)),
                "op": np.tile(ops, len(part)),
                "madds": madds,
                "params": params,
            }

    def notes(self) -> Sequence[str]:
        return self.grid.notes()


def variants(count: int) -> str:
    """Write a number of variants: "1 variant", "2 variants"."""
    return f"{format_exact(count)} variant{'' if count == 1 else 's'}"


def prune_text(prune: Prune) -> float | str:
    """Return a uniform ratio as a number, or "group=ratio" for each that is named."""
    if isinstance(prune, Mapping):
        return " ".join(f"{name}={format_decimal(float(share))}" for name, share in prune.items())
    return float(prune or 0)
