"""What papers print of the very variant that is shown, with its verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archcalc import ClaimResult, ClaimTable, CostTable
from archcalc.base.messages import Messages
from archcalc.base.names import MARKS
from archcalc.cost.claims.judge import all_claims_of, claims_of
from archcalc.cost.claims.results import ClaimGroup, Verdict
from archcalc.output.present.claims import few
from archcalc.output.present.words import place_words, quantity_words


@dataclass(frozen=True)
class Badge:
    """One printed figure beside a headline: "300M", its verdict, and where it stands."""

    quantity: str
    text: str
    verdict: str
    place: str
    remark: str

    @property
    def sign(self) -> str:
        """The verdict's mark."""
        return MARKS[self.verdict].sign


def badges(t: Messages, table: CostTable) -> list[Badge]:
    """Return the figures that papers print of this variant as a whole, each once."""
    found: dict[tuple[str, str, Verdict], list[ClaimResult]] = {}
    for one in claims_of(table.net):
        words = quantity_words(t, one.quantity)
        text = one.printed if one.quantity in table.totals else f"{words} {one.printed}"
        found.setdefault((one.quantity, text, one.verdict), []).append(one)
    return [
        Badge(quantity, text, verdict, _places(t, alike, table.convention.name), alike[0].remark)
        for (quantity, text, verdict), alike in found.items()
    ]


def printed_tables(table: CostTable) -> list[ClaimGroup]:
    """Return what is printed of this variant, of its rows and operators too, table by table."""
    return ClaimTable(tuple(all_claims_of(table.net))).groups


def _places(t: Messages, alike: Sequence[ClaimResult], convention: str) -> str:
    """Say where a figure stands first, and by which convention it is counted if by another."""
    places = [place_words(t, one.table or one.source or one.row) for one in alike]
    place, one = few(t, places, most=1), alike[0]
    counted = one.is_counted and one.convention != convention
    return f"{place}, {one.convention}" if counted else place
