"""Published accuracies of a net's variants, along a multiplier and against a cost."""

from __future__ import annotations

from functools import lru_cache

from archcalc import Spec
from archcalc.base.messages import Messages
from archcalc.base.tables import Record
from archcalc.base.units import (
    Unit,
    format_decimal,
    format_fixed,
    format_percent,
    format_quantity,
    unit_of,
)
from archcalc.output.present.words import place_words
from archcalc.studies.budgets.accuracy import Family, family
from archcalc.studies.budgets.accuracy_lines import accuracy_lines
from archcalc.studies.budgets.variants import VariantTable, usual_variants
from dashboard.shell.choice import Choice
from dashboard.shell.nets import built


@lru_cache(maxsize=64)
def variants_of(spec: Spec, choice: Choice) -> VariantTable:
    """Return the usual variants of a choice, with costs and what papers print of them."""
    return usual_variants(built(spec, choice), convention=choice.convention, dtype=choice.dtype)


@lru_cache(maxsize=64)
def family_of(spec: Spec) -> Family:
    """Return what is known of a model's accuracies at every width and resolution."""
    return family(spec)


def points(t: Messages, table: VariantTable, cost: str) -> tuple[list[Record], Unit]:
    """Return a record for each variant with a published top-1, and the unit of its ``x``.

    A record has ``width``, ``resolution``, ``top1``, ``x`` (the cost), the ``cost`` in words,
    the ``source``, and all of it as one sentence, ``about``.
    """
    known = [record for record in table.records() if record["top1"] is not None]
    unit = unit_of(cost, [record[cost] for record in known] or [1])
    return [
        {
            "width": record["width"],
            "resolution": record["resolution"],
            "top1": record["top1"],
            "label": format_fixed(record["top1"], 1),
            "x": record[cost] / unit.size,
            "cost": (text := format_quantity(cost, record[cost])),
            "source": (place := place_words(t, record["source"])),
            "about": f"α {format_decimal(record['width'])}, {record['resolution']} px: "
            f"{format_percent(record['top1'], 1)}, {text} ({place})",
        }
        for record in known
    ], unit


def lines(spec: Spec, along: str) -> list[Record]:
    """Return the interpolated records of `accuracy_lines`: none where too little is published."""
    found = accuracy_lines(family_of(spec), along)
    return [record for record in found if record["basis"] == "interpolated"]
