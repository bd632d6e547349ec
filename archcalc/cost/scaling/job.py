"""The variants of one net under one set of transforms: checks, splits and evaluates them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, NoReturn

import numpy as np

from archcalc.base.errors import ArchcalcError, ShapeError
from archcalc.base.names import sides_text
from archcalc.base.number import SCALE
from archcalc.base.units import format_decimal
from archcalc.cost.scaling.evaluate import Axes, Totals, evaluate, widths_of
from archcalc.cost.scaling.grid import GridPart
from archcalc.cost.scaling.possible import divisible, has_groups, possible_sides
from archcalc.language.conventions.convention import Convention
from archcalc.language.graph import Graph
from archcalc.language.graph.build import (
    Prune,
    build,
    graph_of,
    parse_resolution,
    prune_ratios,
    width_of,
)
from archcalc.language.graph.groups import group_widths
from archcalc.language.spec.spec import Spec


@dataclass(frozen=True)
class CountSettings:
    """How costs are counted, for every variant of a sweep."""

    convention: Convention
    batch: int
    dtype: str
    dtype_bytes: int


class Job:
    """The variants of one graph to evaluate.

    Creation raises whatever the scalar path would raise for one of the variants.
    """

    def __init__(
        self,
        spec: Spec,
        sets: str,
        choices: tuple[list[str], list[Any], list[Prune]],
        multiple: int,
        counting: CountSettings,
        *,
        listed: bool,
    ) -> None:
        self.spec, self.sets, self.multiple, self.listed = spec, sets, multiple, listed
        self.counting = counting
        self.graph: Graph = graph_of(spec)
        self.widths, resolutions, self.prunes = choices
        self.multipliers = [width_of(spec, width) for width in self.widths]
        reference = self.graph.reference[1:]
        self.resolutions = [parse_resolution(side, reference) for side in resolutions]
        self.ratios = [prune_ratios(self.graph, prune) for prune in self.prunes]
        # Maps shrink with their input: where the smallest fits, every other does.
        least = tuple(min(sides) for sides in zip(*self.resolutions, strict=True))
        build(spec, resolution=least, multiple=multiple)
        self._check_sides()
        self._check_divisible()
        self._check_range()

    @property
    def size(self) -> int:
        """Number of variants."""
        sizes = len(self.widths), len(self.resolutions), len(self.prunes)
        return sizes[0] if self.listed else sizes[0] * sizes[1] * sizes[2]

    def parts(self, size: int | None) -> Iterator[GridPart]:
        """Yield the variants evaluated, in pieces of at most ``size`` (None: all in one)."""
        for w, r, p in self._slices(size):
            axes = self._axes(w, r, p)
            yield GridPart(
                self.spec,
                self.graph,
                self.sets,
                tuple(self.widths[w]),
                tuple(self.resolutions[r]),
                tuple(self.prunes[p]),
                axes,
                self._totals(axes),
            )

    def _totals(self, axes: Axes) -> Totals:
        how = self.counting
        return evaluate(
            self.graph, axes, how.convention, batch=how.batch, dtype_bytes=how.dtype_bytes
        )

    def _slices(self, size: int | None) -> Iterator[tuple[slice, slice, slice]]:
        """Cut the variants into pieces of at most ``size``."""
        counts = len(self.widths), len(self.resolutions), len(self.prunes)
        if size is None:
            size = max(1, self.size)
        if self.listed:
            yield from ((s, s, s) for s in _cut(counts[0], size))
            return
        prunes = _cut(counts[2], size)
        sides = _cut(counts[1], max(1, size // min(counts[2], size)))
        rest = min(counts[2], size) * min(counts[1], max(1, size // min(counts[2], size)))
        yield from product(_cut(counts[0], max(1, size // rest)), sides, prunes)

    def _axes(self, w: slice, r: slice, p: slice) -> Axes:
        def along(values: Sequence[int], axis: int) -> Any:
            array = np.asarray(values, dtype=np.int64)
            if self.listed:
                return array
            shape = [1, 1, 1]
            shape[axis] = len(values)
            return array.reshape(shape)

        ratios = self.ratios[p]
        named = sorted({name for ratio in ratios for name in ratio})
        return Axes(
            width=along(self.multipliers[w], 0),
            height=along([height for height, _ in self.resolutions[r]], 1),
            side=along([side for _, side in self.resolutions[r]], 1),
            prune={name: along([ratio.get(name, 0) for ratio in ratios], 2) for name in named},
            multiple=self.multiple,
            prunes=len(ratios),
        )

    def _check_sides(self) -> None:
        """Raise for resolutions at which the inputs of a layer do not match."""
        resolutions = list(dict.fromkeys(self.resolutions))
        fine = possible_sides(self.spec, resolutions)
        if not fine.all():
            side = resolutions[int(np.argmin(fine))]
            build(self.spec, resolution=side)
            raise AssertionError(f"{self.spec.name}: the grid refuses {side}, which can be built")

    def _check_range(self) -> None:
        """Raise for costs beyond 64 bits: arrays would overflow silently."""
        extremes = max(self.multipliers), *(max(s) for s in zip(*self.resolutions, strict=True))
        if self._rough_bound(*extremes) < 2**63:
            return
        # Python's own integers in arrays; every cost grows with each of the three
        width, height, side = (np.asarray([extreme], dtype=object) for extreme in extremes)
        axes = Axes(width, height, side, prune={})
        try:
            self._totals(axes)
        except OverflowError:
            raise ArchcalcError(
                f"{self.spec.name}: sweep: costs above 2**63 at width "
                f"{format_decimal(extremes[0] / SCALE)}, "
                f"{sides_text(*extremes[1:3])} pixels, batch {self.counting.batch}"
            ) from None

    def _rough_bound(self, width: int, height: int, side: int) -> int:
        """Return an upper bound of every cost: as if every layer read and made all channels."""
        graph, counting = self.graph, self.counting
        channels = sum(group_widths(graph.groups, graph.rounding, width, {}).values())
        window, border = 1, 0
        for node in graph.nodes:
            tall, wide = node.op.keyword("kernel") or (1, 1)
            window = max(window, tall * wide)
            pad = node.op.keyword("pad")
            border += 2 * pad if isinstance(pad, int) else 0
        layers = sum(node.count for node in graph.nodes)
        weight = max(counting.dtype_bytes, counting.convention.heaviest)
        maps = (height + border) * (side + border)
        return int(channels**2 * maps * window * layers * weight * counting.batch)

    def _check_divisible(self) -> None:
        """Raise for widths that a grouped layer cannot split."""
        if has_groups(self.graph):
            everything, one = slice(None), slice(None) if self.listed else slice(1)
            widths = widths_of(self.graph, self._axes(everything, one, everything))
            odd = np.argwhere(~divisible(self.graph, widths))
            if len(odd):
                self._refuse(odd[0].tolist())

    def _refuse(self, index: Sequence[int]) -> NoReturn:
        """Raise the scalar path's error for one variant that a grouped layer cannot split."""
        last = index[-1] if index else 0
        w, p = (last, last) if self.listed else (index[0], last)
        width, prune = self.widths[w], self.prunes[min(p, len(self.prunes) - 1)]
        try:
            build(self.spec, width=width, prune=prune, multiple=self.multiple)
        except ShapeError as error:
            raise ShapeError(f"{error}, at width {width}") from None
        raise AssertionError(
            f"{self.spec.name}: the grid refuses width {width}, which can be built"
        )


def _cut(count: int, size: int) -> list[slice]:
    return [slice(start, min(start + size, count)) for start in range(0, count, size)]
