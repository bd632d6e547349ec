"""`sweep`: a product or list of widths × resolutions × prune ratios × transforms of nets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from archcalc.base.errors import ArchcalcError, UnknownName
from archcalc.cost.counting.layer import DTYPES
from archcalc.cost.scaling.grid import Grid, columns_of
from archcalc.cost.scaling.job import CountSettings, Job
from archcalc.cost.scaling.ranges import decimals, several
from archcalc.language.conventions.convention import Convention, convention_named
from archcalc.language.graph.build import Prune
from archcalc.language.loading import load
from archcalc.language.spec.spec import Spec
from archcalc.language.transforms import transform

CHUNK = 2**16
"""Variants of one pass: their arrays fit a core's cache and bound the memory of a sweep."""

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
    ``prunes``: uniform ratios, or mappings from groups, rows and stages to ratios. ``sets``:
    transforms, such as ["", "act=relu"]. ``points``: a list of (width, resolution, prune) instead
    of the product. The results are the integers of `count` for each variant.

    Raises ArchcalcError for bad values, ShapeError for a resolution at which a map vanishes.
    """
    _, pieces = chunks(
        specs,
        widths=widths,
        resolutions=resolutions,
        prunes=prunes,
        sets=sets,
        points=points,
        convention=convention,
        multiple=multiple,
        batch=batch,
        dtype=dtype,
        size=None,
    )
    parts = tuple(part for piece in pieces for part in piece.parts)
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
    size: int | None = CHUNK,
) -> tuple[int, Iterator[Grid]]:
    """Return the number of variants, and the sweep's grid in pieces of at most ``size`` variants.

    None for ``size``: a piece for each net and each of ``sets``.
    For sweeps written piece by piece, in the memory of one. All inputs are checked before the
    first piece; the records of all pieces have the same columns.
    """
    if size is not None and (type(size) is not int or size < 1):
        raise ArchcalcError(f"size: an integer of at least 1, not {size!r}")
    counting = _counting(convention, batch, dtype)
    sources = [specs] if isinstance(specs, (Spec, str, Path)) else list(specs)
    choices: tuple[list[str], list[Any], list[Prune]]
    if points is not None:
        for name, given, default in (
            ("widths", widths, (1,)),
            ("resolutions", resolutions, None),
            ("prunes", prunes, (0,)),
        ):
            if given is not default and not (isinstance(given, tuple) and given == default):
                raise ArchcalcError(f"points: each has its own; {name} cannot be given beside them")
        choices = _listed(points)
    else:
        sides = [None] if resolutions is None else several(resolutions, "resolutions")
        choices = decimals(widths, "widths"), sides, several(prunes, "prunes")
    if not sources or not all(choices):
        raise ArchcalcError("sweep: nothing to sweep over")
    jobs = [
        Job(changed, changed.caption, choices, multiple, counting, listed=points is not None)
        for spec in map(load, sources)
        for chosen in several(sets, "sets", ranges=False) or [""]
        for changed in [transform(spec, chosen)]
    ]
    columns = columns_of(jobs)
    pieces = (
        Grid((part,), counting.convention, batch, dtype, columns)
        for job in jobs
        for part in job.parts(size)
    )
    return sum(job.size for job in jobs), pieces


def _listed(points: Sequence[Point]) -> tuple[list[str], list[Any], list[Prune]]:
    """Return the widths, resolutions and prune ratios of the points."""
    triples: list[tuple[Any, ...]] = [tuple(point) for point in points]
    if any(len(triple) != 3 for triple in triples):
        raise ArchcalcError("points: (width, resolution, prune) each, such as (0.5, 160, 0)")
    return [str(w) for w, _, _ in triples], [r for _, r, _ in triples], [p for _, _, p in triples]


def _counting(convention: str | Convention, batch: int, dtype: str) -> CountSettings:
    """Check the settings as `count` does."""
    if dtype not in DTYPES:
        raise UnknownName("dtype", dtype, DTYPES)
    if type(batch) is not int or batch < 1:
        raise ArchcalcError(f"batch: an integer of at least 1, not {batch!r}")
    return CountSettings(convention_named(convention), batch, dtype, DTYPES[dtype])
