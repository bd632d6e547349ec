"""Any product or list of widths × resolutions × prune ratios × transforms, over nets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from archcalc.cost.convention import Convention, convention_named
from archcalc.cost.table import DTYPES
from archcalc.errors import ArchcalcError, ShapeError, UnknownName
from archcalc.graph import Graph
from archcalc.graph.build import Prune, build, graph_of, parse_resolution, parse_width, prune_ratios
from archcalc.loading import load
from archcalc.scaling.evaluate import Axes, evaluate, widths_of
from archcalc.scaling.grid import Grid, Part
from archcalc.scaling.ranges import decimals
from archcalc.spec.spec import Spec
from archcalc.transforms import transform

CHUNK = 2**16
"""Variants of one pass: their arrays fit a core's cache, and bound the memory of a sweep."""

Source = Spec | str | Path
Point = tuple[float | str, "int | str | tuple[int, int] | None", Prune]


def sweep(
    specs: Source | Iterable[Source],
    *,
    widths: str | Iterable[float | str] = (1,),
    resolutions: str | Iterable[Any] | None = None,
    prunes: str | Iterable[Prune] = (0,),
    sets: Iterable[Any] = (),
    points: Sequence[Point] | None = None,
    convention: str | Convention = "paper",
    multiple: int = 8,
    batch: int = 1,
    dtype: str = "f32",
) -> Grid:
    """Return the costs of every combination of ``widths``, ``resolutions``, ``prunes``, ``sets``.

    Each is a sequence, or a range such as "0.25:1.4:0.05". ``resolutions``: default the paper's.
    ``prunes``: uniform ratios, or mappings from groups, rows and stages. ``sets``: transforms,
    such as ["", "act=relu"]. ``points``: a list of (width, resolution, prune) instead of the
    product. The same integers as `count` gives for each variant alone.

    Raises ArchcalcError for bad values, ShapeError for a resolution at which a map vanishes.
    """
    parts = tuple(
        part
        for job in _jobs(
            specs,
            widths=widths,
            resolutions=resolutions,
            prunes=prunes,
            sets=sets,
            points=points,
            multiple=multiple,
        )
        for part in job.parts(convention_named(convention), batch, _bytes(dtype), size=None)
    )
    return Grid(parts, convention_named(convention), batch, dtype)


def chunks(
    specs: Source | Iterable[Source],
    *,
    widths: str | Iterable[float | str] = (1,),
    resolutions: str | Iterable[Any] | None = None,
    prunes: str | Iterable[Prune] = (0,),
    sets: Iterable[Any] = (),
    points: Sequence[Point] | None = None,
    convention: str | Convention = "paper",
    multiple: int = 8,
    batch: int = 1,
    dtype: str = "f32",
    size: int = CHUNK,
) -> tuple[int, Iterator[Grid]]:
    """Return the number of variants, and the sweep's grid in pieces of at most ``size`` variants.

    For sweeps that are written as they come: memory stays that of one piece. All inputs are
    checked before the first piece.
    """
    jobs = _jobs(
        specs,
        widths=widths,
        resolutions=resolutions,
        prunes=prunes,
        sets=sets,
        points=points,
        multiple=multiple,
    )
    chosen, bytes_ = convention_named(convention), _bytes(dtype)

    def pieces() -> Iterator[Grid]:
        for job in jobs:
            for part in job.parts(chosen, batch, bytes_, size=size):
                yield Grid((part,), chosen, batch, dtype)

    return sum(job.size for job in jobs), pieces()


class _Job:
    """The variants of one net under one set of transforms."""

    def __init__(
        self,
        spec: Spec,
        sets: str,
        choices: tuple[list[str], list[Any], list[Prune]],
        multiple: int,
        *,
        listed: bool,
    ) -> None:
        self.spec, self.sets, self.multiple, self.listed = spec, sets, multiple, listed
        self.graph: Graph = graph_of(spec)
        widths, resolutions, self.prunes = choices
        self.widths = widths
        self.multipliers = [parse_width(spec, width) for width in widths]
        reference = self.graph.reference[1:]
        self.sides = [parse_resolution(side, reference) for side in resolutions]
        self.ratios = [prune_ratios(self.graph, prune) for prune in self.prunes]
        # Maps shrink with their input: where the smallest fits, every other does.
        least = min(height for height, _ in self.sides), min(side for _, side in self.sides)
        build(spec, resolution=least, multiple=multiple)

    @property
    def size(self) -> int:
        sizes = len(self.widths), len(self.sides), len(self.prunes)
        return sizes[0] if self.listed else sizes[0] * sizes[1] * sizes[2]

    def parts(
        self, convention: Convention, batch: int, dtype_bytes: int, *, size: int | None
    ) -> Iterator[Part]:
        for w, r, p in self._slices(size):
            axes = self._axes(w, r, p)
            self._check_divisible(axes)
            totals = evaluate(self.graph, axes, convention, batch=batch, dtype_bytes=dtype_bytes)
            yield Part(
                self.spec,
                self.graph,
                self.sets,
                tuple(self.widths[w]),
                tuple(self.sides[r]),
                tuple(self.prunes[p]),
                axes,
                totals,
            )

    def _slices(self, size: int | None) -> Iterator[tuple[slice, slice, slice]]:
        """Cut the variants into pieces of at most ``size``."""
        counts = len(self.widths), len(self.sides), len(self.prunes)
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
            height=along([height for height, _ in self.sides[r]], 1),
            side=along([side for _, side in self.sides[r]], 1),
            prune={name: along([ratio.get(name, 0) for ratio in ratios], 2) for name in named},
            multiple=self.multiple,
        )

    def _check_divisible(self, axes: Axes) -> None:
        """Refuse widths that a grouped layer cannot split, as the scalar path does."""
        grouped = [node for node in self.graph.nodes if getattr(node.op, "groups", 1) > 1]
        widths = widths_of(self.graph, axes) if grouped else {}
        for node in grouped:
            sources = [
                self.graph.input_channels if i == "input" else self.graph.by_id[i].channels
                for i in node.inputs
            ]
            for layout in (*sources, node.channels):
                channels = sum(widths[name] for name in layout)
                if np.any(np.asarray(channels) % node.op.groups):  # type: ignore[attr-defined]
                    raise ShapeError(
                        f"{self.spec.name}: {node.id}: some widths cannot be split into "
                        f"{node.op.groups} groups"  # type: ignore[attr-defined]
                    )


def _jobs(
    specs: Source | Iterable[Source],
    *,
    widths: str | Iterable[float | str],
    resolutions: str | Iterable[Any] | None,
    prunes: str | Iterable[Prune],
    sets: Iterable[Any],
    points: Sequence[Point] | None,
    multiple: int,
) -> list[_Job]:
    sources = [specs] if isinstance(specs, (Spec, str, Path)) else list(specs)
    choices: tuple[list[str], list[Any], list[Prune]]
    if points is not None:
        choices = (
            [str(w) for w, _, _ in points],
            [r for _, r, _ in points],
            [p for _, _, p in points],
        )
    else:
        sides = [None] if resolutions is None else resolutions
        ratios: Any = decimals(prunes, "prunes") if isinstance(prunes, str) else prunes
        choices = (
            decimals(widths, "widths"),
            decimals(sides, "resolutions") if isinstance(sides, str) else list(sides),
            list(ratios),
        )
    if not sources or not all(choices):
        raise ArchcalcError("sweep: nothing to sweep over")
    jobs = []
    for source in sources:
        spec = load(source)
        for chosen in list(sets) or [""]:
            changed = transform(spec, chosen)
            jobs.append(_Job(changed, changed.label, choices, multiple, listed=points is not None))
    return jobs


def _cut(count: int, size: int) -> list[slice]:
    return [slice(start, min(start + size, count)) for start in range(0, count, size)]


def _bytes(dtype: str) -> int:
    if dtype not in DTYPES:
        raise UnknownName("dtype", dtype, DTYPES)
    return DTYPES[dtype]
