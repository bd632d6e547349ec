"""What a paper prints, compared with what is computed: claims and their verdicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from archcalc.base.errors import ArchcalcError, SpecError
from archcalc.base.tables import Record, Table
from archcalc.base.units import Figure
from archcalc.cost.claims.deltas import delta
from archcalc.cost.claims.printed import ClaimGroup, grouped, is_own, table_name
from archcalc.language.graph import Net
from archcalc.language.graph.build import build, graph_of
from archcalc.language.graph.references import claim_problems
from archcalc.language.spec.schema import DELTAS, Claim
from archcalc.language.spec.spec import Spec
from archcalc.language.transforms import transform

if TYPE_CHECKING:
    from archcalc.cost.counting.table import CostTable

Verdict = Literal["reproduced", "erratum", "close", "differs", "not computable"]
VERDICTS: tuple[Verdict, ...] = ("reproduced", "erratum", "close", "differs", "not computable")
CLOSE_PERCENT = 5.0

TRAINED = "an accuracy of the authors' training"
ON_A_PHONE = "measured on the authors' phone, never compared with this machine"
OTHER_PARAMETERS = "printed for the file's own parameters"
NO_FIRST_ROW = "no other row of its table prints that figure"
NOT_THERE = "the net does not have it"
_NOT_COMPUTABLE = {"top1": TRAINED, "top5": TRAINED, "map": TRAINED, "latency": ON_A_PHONE}


@dataclass(frozen=True)
class ClaimResult:
    """One printed figure and its verdict. ``printed`` is text; shares are in percent."""

    id: str | None
    table: str | None
    row: str
    model: str
    width: float
    resolution: int | str
    quantity: str
    convention: str
    printed: str
    computed: int | float | None
    match: str | None
    verdict: Verdict
    difference_percent: float | None
    note: str | None
    source: str | None
    reason: str | None = None
    """Why the figure cannot be computed; `note` ends with it, and the JSON has it there alone."""

    @property
    def remark(self) -> str:
        """What the claim itself says of the figure: its erratum or its note, or ""."""
        return (self.note or "").removesuffix(self.reason or "").removesuffix("; ")

    @property
    def is_counted(self) -> bool:
        """Whether its kind of figure is computed, for this row or for others."""
        return self.computed is not None or self.quantity.split("_")[0] not in _NOT_COMPUTABLE

    def to_dict(self) -> Record:
        """Return the figure as `check --format json` holds it."""
        return {name: value for name, value in asdict(self).items() if name != "reason"}


@dataclass(frozen=True)
class ClaimTable(Table):
    """The claims of one net or of several."""

    results: tuple[ClaimResult, ...]

    @property
    def title(self) -> str:
        return "printed against computed: " + ", ".join(
            dict.fromkeys(r.model for r in self.results)
        )

    def to_dict(self) -> list[Record]:
        return self.records()

    def records(self) -> list[Record]:
        return [result.to_dict() for result in self.results]

    @property
    def verdicts(self) -> dict[Verdict, int]:
        """How many figures have each verdict."""
        counted = Counter(result.verdict for result in self.results)
        return {verdict: counted[verdict] for verdict in VERDICTS}

    @property
    def groups(self) -> list[ClaimGroup]:
        """The results by printed table."""
        return grouped(self.results)

    @property
    def passed(self) -> bool:
        """Whether no figure differs."""
        return not self.verdicts["differs"]

    def for_people(self) -> Table:
        from archcalc.cost.counting.views import claims_view

        return claims_view(self)

    def notes(self) -> Sequence[str]:
        """Return the number of verdicts of each kind."""
        return [", ".join(f"{count} {verdict}" for verdict, count in self.verdicts.items())]


def check(spec: Spec) -> list[ClaimResult]:
    """Compare every printed figure of ``spec`` with the computed one.

    In this order: *reproduced*, equal at the printed precision by rounding or truncation;
    *erratum*, the claim says why that figure is off; *close*, within 5 %; *differs*. Accuracies
    and the authors' latencies are *not computable*; a printed difference between two of them is
    computed from the two.

    Raises SpecError for a claim on an unknown row or convention.
    """
    problems = list(claim_problems(spec, graph_of(spec)))
    if problems:
        raise SpecError(problems)
    return [result for claim in spec.claims for result in judge(spec, claim)]


def check_all(specs: Iterable[Spec]) -> ClaimTable:
    """Return the claims of several nets, grouped by the tables that they are printed in."""
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
            table = _count(net, claim.convention)
        except ArchcalcError as error:
            trouble = str(error)
    resolution: int | str = claim.resolution or (table.net.resolution if table else spec.input[1])
    source = _source(spec, claim)
    for quantity, printed in claim.figures.items():
        figure = Figure.parse(printed)
        reason = _NOT_COMPUTABLE.get(quantity.split("_")[0]) or trouble
        exact: Fraction | int | None = None
        if quantity in DELTAS:
            exact = delta(spec.claims, claim, quantity)
            reason = None if exact is not None else NO_FIRST_ROW
        elif not reason and table is not None:
            exact = computed(table, claim, quantity)
        # a claim's note is on what is computed; an accuracy or a phone's time needs no excuse
        note = claim.erratum.get(quantity) or (None if reason else claim.note)
        if exact is None and not reason:
            reason = NOT_THERE
        match = None if exact is None else figure.matches(exact)
        difference = None if exact is None else figure.difference_percent(exact)
        yield ClaimResult(
            id=claim.id,
            table=table_name(spec.paper, claim, source),
            row=claim.label or claim.row or f"{claim.width:g} {spec.name}-{resolution}",
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


def computed(table: CostTable, claim: Claim, quantity: str) -> Fraction | int | None:
    """Return a count, or a share in percent; None where the net does not have it."""
    name = quantity.removesuffix("_share")
    whole: int = getattr(table, name)
    if claim.row is None:
        return whole if name == quantity else None
    part: int = sum(getattr(layer, name) for layer in _layers(table, claim.row))
    if name == quantity:
        return part
    return Fraction(100 * part, whole) if whole else None


def _layers(table: CostTable, row: str) -> Sequence[object]:
    by_row = table.by("row").groups
    return by_row[row] if row in by_row else table.by("op").groups[row]


def _plain(exact: Fraction | int | None) -> int | float | None:
    if exact is None or isinstance(exact, int):
        return exact
    return int(exact) if exact.denominator == 1 else float(exact)


def _source(spec: Spec, claim: Claim) -> str | None:
    paper, place = spec.paper, claim.source or claim.table
    if paper is None or (place and not is_own(place)):
        return place
    where = f" (arXiv:{paper.arxiv})" if paper.arxiv else ""
    return f"{paper.title}{where}" + (f", {place}" if place else "")


def _count(net: Net, convention: str) -> CostTable:
    from archcalc.cost.counting.table import (
        count,  # table.py shows errata of claims, and imports this file
    )

    return count(net, convention)
