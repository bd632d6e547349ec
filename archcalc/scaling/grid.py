"""The costs of many variants: arrays by width, resolution and prune ratio, and flat records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from archcalc.cost.convention import Convention
from archcalc.graph import Graph
from archcalc.graph.build import Prune
from archcalc.scaling.evaluate import Axes, Integers, Totals, evaluate_layers
from archcalc.spec.spec import Spec
from archcalc.tables import Record, Table

QUANTITIES = ("madds", "params", "weight_bytes", "activation_bytes", "peak_memory_bytes")


@dataclass(frozen=True)
class Part:
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
        return self.totals.madds.ndim == 3

    def __len__(self) -> int:
        return int(self.totals.madds.size)

    def choice(self, index: int) -> tuple[str, tuple[int, int], Prune]:
        """Return (width, (height, width in pixels), prune) of the variant at a flat index."""
        if not self.is_product:
            return self.widths[index], self.resolutions[index], self.prunes[index]
        w, r, p = np.unravel_index(index, self.totals.madds.shape)
        return self.widths[int(w)], self.resolutions[int(r)], self.prunes[int(p)]

    def columns(self) -> dict[str, list[Any]]:
        """Return every column of the records as a list, in flat order."""
        shape = self.totals.madds.shape
        widths = [float(width) for width in self.widths]
        sides = [resolution_text(side) for side in self.resolutions]
        prunes = [prune_text(prune) for prune in self.prunes]
        if self.is_product:
            w, r, p = (axis.ravel().tolist() for axis in np.indices(shape))
            widths = [widths[i] for i in w]
            sides = [sides[i] for i in r]
            prunes = [prunes[i] for i in p]
        size = len(self)
        return {
            "model": [self.spec.name] * size,
            "width": widths,
            "resolution": sides,
            "prune": prunes,
            **({"set": [self.sets] * size} if self.sets else {}),
            **{name: getattr(self.totals, name).ravel().tolist() for name in QUANTITIES},
        }


@dataclass(frozen=True)
class Grid(Table):
    """The costs of many variants of one net or of several, under one convention."""

    parts: tuple[Part, ...]
    convention: Convention
    batch: int = 1
    dtype: str = "f32"

    def __len__(self) -> int:
        return sum(len(part) for part in self.parts)

    @property
    def title(self) -> str:
        models = ", ".join(dict.fromkeys(part.spec.name for part in self.parts))
        return f"{models} · {len(self):,} variants · {self.convention.name}"

    @cached_property
    def _has_sets(self) -> bool:
        return any(part.sets for part in self.parts)

    def blocks(self) -> Iterator[dict[str, list[Any]]]:
        """Yield the records of each part by column, all with the same columns."""
        for part in self.parts:
            columns = part.columns()
            if self._has_sets and "set" not in columns:
                names = list(columns)
                columns["set"] = [""] * len(part)
                order = [*names[:4], "set", *names[4:]]
                columns = {name: columns[name] for name in order}
            yield columns

    def records(self) -> list[Record]:
        """Return one record a variant: what it is, and its totals."""
        return [
            dict(zip(columns, values, strict=True))
            for columns in self.blocks()
            for values in zip(*columns.values(), strict=True)
        ]

    def to_dict(self) -> list[Record]:
        return self.records()

    def layers(self, part: int = 0) -> Mapping[str, tuple[Integers, Integers]]:
        """Return (MAdds, params) of every layer of one part: arrays of the shape of its totals."""
        chosen = self.parts[part]
        return evaluate_layers(chosen.graph, chosen.axes, self.convention, batch=self.batch)

    def notes(self) -> Sequence[str]:
        return [f"{self.convention.name}: {self.convention.about}"]


def resolution_text(side: tuple[int, int]) -> int | str:
    """Return a side in pixels, or "HxW" where it is not square."""
    height, width = side
    return height if height == width else f"{height}x{width}"


def prune_text(prune: Prune) -> float | str:
    """Return a uniform ratio as a number, or "group=ratio" for each that is named."""
    if isinstance(prune, Mapping):
        return " ".join(f"{name}={float(share):g}" for name, share in prune.items())
    return float(prune or 0)
