"""The claims of one variant: what papers print of the very net that is counted."""

from __future__ import annotations

from collections.abc import Iterator

from archcalc.cost.claims.judge import ClaimResult, computed, judge
from archcalc.cost.claims.printed import is_own
from archcalc.cost.counting.table import GroupedTable
from archcalc.language.graph import Net
from archcalc.language.spec.schema import Claim


def is_of(claim: Claim, net: Net) -> bool:
    """Tell whether a claim is on this width, input size and these parameters, unpruned."""
    reference = net.graph.reference[1:]
    size = (claim.resolution, claim.resolution) if claim.resolution else reference
    return (
        claim.set is None
        and net.spec.params == {**net.spec.head.params, **claim.param}
        and (claim.width, size, net.prune or 0) == (net.width, net.size, 0)
    )


def claims_of(net: Net) -> list[ClaimResult]:
    """Return the figures that papers print of the whole of ``net``, those of its own paper first.

    There are none of a pruned net, nor of one that transforms have changed.
    """
    spec = net.spec.as_filed
    claims = [claim for claim in spec.claims if claim.row is None and is_of(claim, net)]
    claims.sort(key=lambda claim: not is_own(claim.table or claim.source or "table"))
    return [result for claim in claims for result in judge(spec, claim)]


def share_errata(grouped: GroupedTable) -> Iterator[tuple[str, str, str, float, int, str]]:
    """Yield the printed shares that a table by operator contradicts, where the claim says why.

    Yields (operator, quantity, printed, computed percent, total, why).
    """
    table, net = grouped.table, grouped.table.net
    for claim in net.spec.claims:
        alike = claim.convention == table.convention.name and is_of(claim, net)
        if not alike or claim.row is None or claim.row not in grouped.groups:
            continue
        for quantity, why in claim.erratum.items():
            exact = computed(table, claim, quantity)
            if quantity.endswith("_share") and exact is not None:
                name = quantity.removesuffix("_share")
                printed = claim.figures[quantity]
                yield claim.row, name, printed, float(exact), getattr(table, name), why
