"""Costs of a pruned net, or at lower resolutions, in percent of the full cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from archcalc.base.errors import ArchcalcError
from archcalc.base.names import resolution_name
from archcalc.base.tables import Record
from archcalc.base.units import format_exact, format_percent, percent
from archcalc.cost.scaling.grid import Grid, prune_text
from archcalc.language.graph.build import prune_ratios
from archcalc.output.charts.choice import listed, nets_of, product_of, shown
from archcalc.output.charts.picture import LABELS, PRUNE, RESOLUTION, Picture, frame_of

QUANTITIES = ("madds", "params", "activation_bytes", "peak_memory_bytes")
"""Without weight bytes, whose share is that of the parameters."""


def by_prune(grid: Grid, part: int = 0) -> Picture:
    """Return costs against uniform prune ratios, in percent of those of the unpruned net.

    At the first width and resolution of the grid. Raises ArchcalcError where the grid has ratios
    of single groups, or not the unpruned net.
    """
    whole = product_of(grid, part)
    places: dict[Fraction, int] = {}
    for index, prune in enumerate(whole.prunes):
        ratio = prune_text(prune)
        if isinstance(ratio, str):
            raise ArchcalcError("prune: uniform ratios, not those of single groups or stages")
        places.setdefault(Fraction(str(ratio)), index)
    if all(any(prune_ratios(whole.graph, prune).values()) for prune in whole.prunes):
        raise ArchcalcError("prune: the unpruned net is not in the grid, nor what is left of it")
    order = sorted(places)
    costs = {
        name: [int(getattr(whole.totals, name)[0, 0, places[ratio]]) for ratio in order]
        for name in QUANTITIES
    }
    name = listed([f"{whole.spec.name} ({whole.sets})" if whole.sets else whole.spec.name])
    return _picture(
        [float(ratio) for ratio in order],
        costs,
        base=0,
        title=f"{name}: what uniform pruning leaves",
        x=PRUNE,
        of="the unpruned net",
        name=name,
    )


def by_resolution(grid: Grid, part: int = 0) -> Picture:
    """Return costs against resolution, in percent of those at the paper's, or at the largest.

    At the first width of the grid, unpruned where the grid has that. Resolutions that are not
    square are categories in the order of their areas.
    """
    whole = product_of(grid, part)
    chosen = shown(whole)
    sides = chosen.resolutions
    square = all(height == width for height, width in sides)
    reference = whole.graph.reference[1:]
    base = sides.index(reference) if reference in sides else len(sides) - 1
    name = listed(nets_of(chosen, whole))
    return _picture(
        [height if square else str(resolution_name(height, width)) for height, width in sides],
        {q: [int(cost) for cost in getattr(chosen.totals, q)[0, :, 0]] for q in QUANTITIES},
        base=base,
        title=f"{name}: costs by resolution",
        x=f"{RESOLUTION} (px)",
        of=f"resolution {resolution_name(*sides[base])}",
        name=name,
    )


def _picture(
    places: Sequence[float | str],
    costs: Mapping[str, Sequence[int]],
    *,
    base: int,
    title: str,
    x: str,
    of: str,
    name: str,
) -> Picture:
    known = {quantity: values for quantity, values in costs.items() if values[base]}
    if not known:
        raise ArchcalcError(f"{title}: no costs, and so no shares of them")
    far = 0 if base else len(places) - 1
    left = ", ".join(
        f"{format_percent(percent(values[far], values[base]), 1)} of the {LABELS[quantity]}"
        for quantity, values in known.items()
    )
    axis = x.removesuffix(" (px)")
    return Picture(
        "curves",
        frame_of(list(_rows(places, known, base))),
        title,
        x,
        f"of {of} (%)",
        f"Lines of the costs of {name} against {axis}, in percent of {of}: "
        f"at {places[far]} {left}.",
        "cost",
        [LABELS[quantity] for quantity in known],
    )


def _rows(
    places: Sequence[float | str], costs: Mapping[str, Sequence[int]], base: int
) -> Iterator[Record]:
    for quantity, values in costs.items():
        for place, value in zip(places, values, strict=True):
            yield {
                "x": place,
                "y": percent(value, values[base]),
                "series": LABELS[quantity],
                "exact": format_exact(value),
            }
