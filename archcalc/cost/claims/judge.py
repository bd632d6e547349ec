"""Compares printed figures with computed ones: a verdict for every figure of a claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache

from archcalc.base.errors import ArchcalcError, SpecError
from archcalc.base.names import paper_place
from archcalc.base.units import Figure, format_decimal
from archcalc.cost.claims.printed import is_own, table_name
from archcalc.cost.claims.results import (
    CLOSE_PERCENT,
    NO_FIRST_ROW,
    NOT_COMPUTABLE,
    NOT_THERE,
    OTHER_PARAMETERS,
    ClaimResult,
    ClaimTable,
    Verdict,
    grouped,
)
from archcalc.cost.counting.table import count, is_claim_on
from archcalc.language.graph import Net
from archcalc.language.graph.build import build, graph_of
from archcalc.language.graph.references import claim_problems
from archcalc.language.spec.schema import DELTAS, Claim
from archcalc.language.spec.spec import Spec
from archcalc.language.transforms import transform


def check(spec: Spec) -> list[ClaimResult]:
    """Compare every printed figure of ``spec`` with the computed one.

    In this order: *reproduced*, equal at the printed precision by rounding or truncation;
    *erratum*, the claim says why that figure is off; *close*, within 5 %; *differs*. Accuracies
    and the authors' latencies are *not computable*; a printed difference between two of them is
    computed from the two.

    Raises SpecError for a claim on an unknown row or convention.
    """
    return list(_checked(spec))


# the judged figures of a spec are asked for by reports, workbooks and pages alike
@lru_cache(maxsize=64)
def _checked(spec: Spec) -> tuple[ClaimResult, ...]:
    problems = list(claim_problems(spec, graph_of(spec)))
    if problems:
        raise SpecError(problems)
    return tuple(result for claim in spec.claims for result in judge(spec, claim))


def check_all(specs: Iterable[Spec]) -> ClaimTable:
    """Return the claims of several nets, grouped by printed table; raises as `check`."""
    groups = grouped([result for spec in specs for result in check(spec)])
    return ClaimTable(tuple(result for group in groups for result in group.results))


def judge(spec: Spec, claim: Claim) -> Iterator[ClaimResult]:
    """Yield every figure of one claim with its verdict, as `check` does."""
    table, trouble = None, None
    if spec.params != spec.head.params:
        trouble = OTHER_PARAMETERS
    else:
        try:
            chosen = transform(spec.with_params(**claim.param), claim.set or {})
            net = build(chosen, width=claim.width, resolution=claim.resolution)
            table = count(net, claim.convention)
        except ArchcalcError as error:
            trouble = str(error)
    resolution: int | str = claim.resolution or (table.net.resolution if table else spec.input[1])
    source = _source(spec, claim)
    for quantity, printed in claim.figures.items():
        figure = Figure.parse(printed)
        reason = NOT_COMPUTABLE.get(quantity.split("_")[0]) or trouble
        exact: Fraction | int | None = None
        if quantity in DELTAS:
            exact = _delta(spec.claims, claim, quantity)
            reason = None if exact is not None else NO_FIRST_ROW
        elif not reason and table is not None:
            exact = table.figure(quantity, claim.row)
        # a claim's note is on computed figures, not on accuracies or a phone's times
        note = claim.erratum.get(quantity) or (None if reason else claim.note)
        if exact is None and not reason:
            reason = NOT_THERE
        match = None if exact is None else figure.matches(exact)
        difference = None if exact is None else figure.difference_percent(exact)
        yield ClaimResult(
            id=claim.id,
            table=table_name(spec.paper, claim, source),
            row=claim.label
            or claim.row
            or f"{format_decimal(claim.width)} {spec.name}-{resolution}",
            model=spec.name,
            width=claim.width,
            resolution=resolution,
            quantity=quantity,
            convention=claim.convention,
            printed=printed,
            computed=_plain(exact),
            match=match,
            verdict=_verdict(exact, match, difference, erratum=quantity in claim.erratum),
            difference_percent=None if difference is None else round(difference, 4),
            note="; ".join(text for text in (note, reason) if text) or None,
            source=source,
            reason=reason,
        )


def claims_of(net: Net) -> list[ClaimResult]:
    """Return the figures that papers print for the whole of ``net``, its own paper's first.

    None for a pruned or transformed net.
    """
    spec = net.spec.as_filed
    claims = [claim for claim in spec.claims if claim.row is None and is_claim_on(claim, net)]
    claims.sort(key=lambda claim: not is_own(claim.table or claim.source or "table"))
    return [result for claim in claims for result in judge(spec, claim)]


def all_claims_of(net: Net) -> list[ClaimResult]:
    """Return the figures of `claims_of` and those of single rows and operators, in file order."""
    spec = net.spec.as_filed
    claims = [claim for claim in spec.claims if is_claim_on(claim, net)]
    return [result for claim in claims for result in judge(spec, claim)]


def _verdict(
    exact: Fraction | int | None, match: str | None, difference: float | None, *, erratum: bool
) -> Verdict:
    if match is not None:
        return "reproduced"
    if erratum:
        return "erratum"
    if exact is None:
        return "not computable"
    close = difference is not None and abs(difference) <= CLOSE_PERCENT
    return "close" if close else "differs"


def _plain(exact: Fraction | int | None) -> int | float | None:
    if exact is None or isinstance(exact, int):
        return exact
    return int(exact) if exact.denominator == 1 else float(exact)


def _source(spec: Spec, claim: Claim) -> str | None:
    paper, place = spec.paper, claim.source or claim.table
    if paper is None or (place and not is_own(place)):
        return place
    where = f" ({paper_place(paper.arxiv)})" if paper.arxiv else ""
    return f"{paper.title}{where}" + (f", {place}" if place else "")


def _delta(claims: Sequence[Claim], claim: Claim, quantity: str) -> Fraction | None:
    """Return a claim's difference to the first row of its table, exactly, from the printed digits.

    ``top1_delta`` in points, ``latency_delta`` in percent of the first row's time on the same
    phone. None where no row above prints that figure.
    """
    table = [one for one in claims if (one.table or one.source) == (claim.table or claim.source)]
    for first in table[: table.index(claim)]:
        if quantity == "top1_delta" and first.top1 and claim.top1:
            return _printed(claim.top1) - _printed(first.top1)
        for phone, text in claim.latency.items():
            if quantity == "latency_delta" and phone in first.latency:
                before = _printed(first.latency[phone])
                return 100 * (_printed(text) / before - 1) if before else None
    return None


def _printed(text: str) -> Fraction:
    return Figure.parse(text).value
