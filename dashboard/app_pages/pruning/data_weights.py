"""Magnitude pruning: the lecture's matrix and column, and a layer that has learned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcalc import ArchcalcError
from archcalc.base.tables import Record
from archcalc.base.units import format_decimal, format_exact, format_percent, format_share
from dashboard.shell.fields import Field, choice_field, number_field

if TYPE_CHECKING:
    from archcalc.studies.lessons import PrunedArray

MOST_THRESHOLD, MOST_GAMMA = 10.0, 5.0
"""Above every L1 norm of the matrix, and above every |γ| of the column."""
SHARES = tuple(twentieth / 20 for twentieth in range(20))
"""What can be cut of the real layer: those of `archcalc.studies.lessons.damage`."""
WAYS = ("weights", "rows", "columns")


def _read_share(text: str) -> float:
    found = next((share for share in SHARES if format_decimal(share) == text), None)
    if found is None:
        raise ArchcalcError(f"share: from 0 to 0.95 in steps of 0.05, not '{text}'")
    return found


THRESHOLD = number_field("threshold", 0.5, 0, MOST_THRESHOLD)
WHAT = choice_field("what", WAYS)
GAMMA = number_field("gamma", 1.0, 0, MOST_GAMMA)
SHARE = Field("share", 0.5, _read_share, format_decimal)

FIELDS = (THRESHOLD, WHAT, GAMMA, SHARE)


def matrix(what: str, threshold: float) -> PrunedArray:
    """Return the lecture's matrix with what lies below a threshold cut: weights, rows, columns."""
    from archcalc.studies.lessons import EXAMPLE_WEIGHTS, prune_filters, prune_weights

    if what == "weights":
        return prune_weights(EXAMPLE_WEIGHTS, threshold=threshold)
    return prune_filters(EXAMPLE_WEIGHTS, axis=int(what == "columns"), threshold=threshold)


def column(threshold: float) -> PrunedArray:
    """Return the lecture's column of scale factors with what lies below a threshold cut."""
    from archcalc.studies.lessons import EXAMPLE_SCALES, prune_scales

    return prune_scales(EXAMPLE_SCALES, threshold=threshold)


def channels_of(scales: PrunedArray) -> tuple[PrunedArray, PrunedArray]:
    """Return the matrix without the rows of the cut channels, and the next one's columns of them.

    Of the next layer only which weights go is known: its are all 0.
    """
    from archcalc.studies.lessons import EXAMPLE_WEIGHTS, prune_filters

    here = _by_axis(prune_filters(EXAMPLE_WEIGHTS, axis=0, threshold=0), scales)
    blank = [[0.0] * len(scales.kept)] * len(EXAMPLE_WEIGHTS)
    return here, _by_axis(prune_filters(blank, axis=1, threshold=0), scales)


def _by_axis(whole: PrunedArray, scales: PrunedArray) -> PrunedArray:
    from dataclasses import replace

    return replace(whole, kept=scales.kept, rule=scales.rule)


def sizes(pruned: PrunedArray) -> Record:
    """Return what is cut and left in texts: candidates, weights, their share, the shape left."""
    weights, mask = pruned.weights, pruned.mask
    left = weights if pruned.removed is None else pruned.removed
    return {
        "gone": int(pruned.kept.size - pruned.kept.sum()),
        "of": pruned.kept.size,
        "weights": int(mask.size - mask.sum()),
        "whole": weights.size,
        "percent": format_share(pruned.sparsity, 1),
        "shape": " × ".join(map(str, weights.shape)),
        "left_shape": " × ".join(map(str, left.shape)),
        "left": left.size,
    }


def real_layer(share: float) -> tuple[PrunedArray, list[Record]]:
    """Return a trained layer without a share of its smallest weights, and what each way costs.

    A record is a way to cut that share: "none", "weights", "units", "random", with the texts
    ``accuracy``, ``stored`` and ``madds``. Raises MissingPackage.
    """
    from archcalc.studies.lessons import damage, prune_weights, trained

    net, records = trained(), damage().records()
    cut = prune_weights(net.hidden, ratio=format_decimal(share))
    found = next(one for one in records if one["ratio"] == share)
    ways = {"none": records[0]["weights"]} | {n: found[n] for n in ("weights", "units", "random")}
    return cut, [
        {
            "way": way,
            "accuracy": format_percent(accuracy, 1),
            "zeros": format_exact(found["zeros"]) if way in ("weights", "random") else "–",
            "madds": format_exact(found["madds"] if way == "units" else net.madds),
        }
        for way, accuracy in ways.items()
    ]


def threshold_of(pruned: PrunedArray) -> float | None:
    """Return the threshold that cuts what is cut: the smallest score kept; None for nothing."""
    return None if pruned.kept.all() else float(pruned.scores[pruned.kept].min())
