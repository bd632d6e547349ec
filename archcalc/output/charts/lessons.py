"""Charts of the lessons: cost ratios, activations, a spiral through ReLU, pruned arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archcalc.base.errors import ArchcalcError
from archcalc.base.tables import Record
from archcalc.base.units import format_decimal, format_fixed, format_percent, format_share
from archcalc.output.charts.picture import Picture, frame_of
from archcalc.studies.lessons import ActivationTable, ManifoldDraw, PrunedArray, SeparableSweep

_BEFORE = "input"


def separable_ratio(sweeps: Sequence[SeparableSweep]) -> Picture:
    """Return the cost of a separable convolution in percent of a standard one, a line per kernel.

    Each sweep varies ``out_channels``; raises ArchcalcError for another argument.
    """
    rows: list[Record] = []
    for sweep in sweeps:
        if sweep.varied != "out_channels":
            raise ArchcalcError(f"a sweep over out_channels, not over {sweep.varied}")
        rows += [
            {
                "x": one.out_channels,
                "y": 100 * float(one.madds_ratio),
                "series": f"{one.kernel}x{one.kernel}",
                "exact": str(one.madds_ratio),
            }
            for one in sweep.comparisons
        ]
    order = list(dict.fromkeys(row["series"] for row in rows))
    last = {row["series"]: row for row in rows}
    shares = ", ".join(f"{format_percent(row['y'], 1)} for {name}" for name, row in last.items())
    most = max(row["x"] for row in rows)
    return Picture(
        "functions",
        frame_of(rows),
        "Cost of a separable convolution",
        "output channels N",
        "of the standard convolution (%)",
        f"Lines of the cost of a separable convolution in percent of the standard one, against "
        f"its output channels: at {most} it is {shares}.",
        "kernel",
        order,
    )


def activation_curves(table: ActivationTable, *, derivative: bool = False) -> Picture:
    """Return the curves of activations, or of their derivatives."""
    rows: list[Record] = []
    for curve in table.curves:
        values = curve.derivative if derivative else curve.value
        rows += [
            {
                "x": float(x),
                "y": float(y),
                "series": curve.function.label,
                "exact": format_decimal(y, 6),
            }
            for x, y in zip(curve.x, values, strict=True)
        ]
    what = "Derivatives of activations" if derivative else "Activations"
    names = [curve.function.label for curve in table.curves]
    least, most = min(row["y"] for row in rows), max(row["y"] for row in rows)
    return Picture(
        "functions",
        frame_of(rows),
        what,
        "x",
        "f'(x)" if derivative else "f(x)",
        f"Curves of {what.lower()} {', '.join(names)} for x from {format_decimal(rows[0]['x'])} to "
        f"{format_decimal(rows[-1]['x'])}: values from {format_fixed(least, 2)} to "
        f"{format_fixed(most, 2)}.",
        "function",
        names,
    )


def manifold(draws: Sequence[ManifoldDraw], decoder: str = "pinv") -> Picture:
    """Return the input points, and those decoded after ReLU in m channels, a panel per draw.

    All draws have the same points.
    """
    first = draws[0]
    if any(one.x.tolist() != first.x.tolist() for one in draws):
        raise ArchcalcError("draws of the same points")
    panels = {_BEFORE: first.x} | {f"m = {len(one.matrix)}": one.back[decoder] for one in draws}
    rows: list[Record] = []
    for name, points in panels.items():
        last = points.shape[1] - 1 or 1
        rows += [
            {
                "panel": name,
                "x": x,
                "y": y,
                "t": index / last,
                "exact": f"{format_fixed(x, 3)}, {format_fixed(y, 3)}",
            }
            for index, (x, y) in enumerate(points.T.tolist())
        ]
    lost = ", ".join(f"{format_share(one.lost_share, 1)} at m = {len(one.matrix)}" for one in draws)
    return Picture(
        "points",
        frame_of(rows),
        "A spiral through ReLU in m channels and back",
        _BEFORE,
        "x₂",
        "Panels of a spiral, as it is and as it is restored from m channels with ReLU: the share "
        f"of its points that cannot be restored is {lost}.",
        "",
        list(panels),
    )


def pruned_arrays(arrays: Mapping[str, PrunedArray]) -> Picture:
    """Return arrays of numbers, a panel each, with cut entries crossed out.

    Raises ArchcalcError for an array of more than two dimensions.
    """
    rows: list[Record] = []
    for name, one in arrays.items():
        if one.weights.ndim > 2:
            raise ArchcalcError(f"{name}: a picture is of one or two dimensions")
        # one dimension is drawn as a column
        size = (len(one.weights), one.weights.size // len(one.weights))
        table = zip(
            one.weights.reshape(size).tolist(), one.mask.reshape(size).tolist(), strict=True
        )
        rows += [
            {
                "panel": name,
                "x": x,
                "y": y,
                "text": format_decimal(weight),
                "kept": kept,
                "exact": "kept" if kept else "cut",
            }
            for y, (weights, mask) in enumerate(table)
            for x, (weight, kept) in enumerate(zip(weights, mask, strict=True))
        ]
    cut = {name: sum(not row["kept"] for row in rows if row["panel"] == name) for name in arrays}
    counts = ", ".join(f"{number} cut of {name}" for name, number in cut.items())
    return Picture(
        "cells",
        frame_of(rows),
        "Pruned by magnitude",
        next(iter(arrays)),
        "row",
        f"Arrays of numbers, what is cut crossed out: {counts}.",
        "",
        list(arrays),
    )
