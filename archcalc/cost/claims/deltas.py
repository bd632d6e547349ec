"""Printed differences between two rows of a table, recomputed from what the two rows print."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from archcalc.base.units import Figure
from archcalc.language.spec.schema import Claim


def delta(claims: Sequence[Claim], claim: Claim, quantity: str) -> Fraction | None:
    """Return a claim's difference to the first row of its table, exactly, from the printed digits.

    ``top1_delta`` is in points, ``latency_delta`` in percent of the first row's time on the same
    phone. None where no row above prints that figure.
    """
    table = [one for one in claims if (one.table or one.source) == (claim.table or claim.source)]
    for first in table[: table.index(claim)]:
        if quantity == "top1_delta" and first.top1 and claim.top1:
            return _value(claim.top1) - _value(first.top1)
        for phone, text in claim.latency.items():
            if quantity == "latency_delta" and phone in first.latency:
                before = _value(first.latency[phone])
                return 100 * (_value(text) / before - 1) if before else None
    return None


def _value(printed: str) -> Fraction:
    return Figure.parse(printed).value
