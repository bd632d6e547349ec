"""Published accuracies: the top-1 figures among a spec's claims, one for each variant."""

from __future__ import annotations

from dataclasses import dataclass

from archcalc.budgets.same import same_net
from archcalc.graph.build import parse_resolution
from archcalc.number import parse_ratio
from archcalc.spec.schema import Claim
from archcalc.spec.spec import Spec
from archcalc.transforms import transform
from archcalc.transforms._apply import Sets
from archcalc.units import Figure

Variant = tuple[int, tuple[int, int]]
"""Width multiplier in 1/10⁴, and (height, width) in pixels."""


@dataclass(frozen=True)
class Published:
    """A top-1 accuracy in percent that is printed of one variant, and where."""

    width: int
    side: tuple[int, int]
    top1: float
    source: str


def published(spec: Spec, sets: Sets = "") -> dict[Variant, Published]:
    """Return the published top-1 of each variant of ``spec`` under the transforms ``sets``.

    A claim counts where its own transforms make the same net, however either is written: "act=HS"
    is "act=hard_swish", and their order is free. Where several sources print one variant, the
    net's own paper stands before another paper, and a paper before anything else (the authors'
    README); among equals the first claim. Empty for a spec with other parameters than its file's:
    its figures are of another net.

    Raises ArchcalcError for transforms that the net cannot have.
    """
    if spec.params != spec.head.params:
        return {}
    asked = transform(spec, sets)
    meant: dict[str, bool] = {}
    found: dict[Variant, tuple[int, Published]] = {}
    for claim in spec.claims:
        if claim.top1 is None or claim.row is not None:
            continue
        own = str(claim.set or "")
        if own not in meant:
            meant[own] = same_net(transform(spec, claim.set or ""), asked)
        if not meant[own]:
            continue
        side = parse_resolution(claim.resolution, spec.input[1:])
        key = parse_ratio(claim.width, "width"), side
        rank = _rank(claim)
        if key not in found or rank < found[key][0]:
            top1 = float(Figure.parse(claim.top1).value)
            found[key] = rank, Published(*key, top1, _source(spec, claim))
    return {key: one for key, (_, one) in found.items()}


def _place(claim: Claim) -> str:
    return claim.source or claim.table or ""


def _rank(claim: Claim) -> int:
    place = _place(claim)
    if not place or place.lower().startswith("table"):
        return 0
    return 1 if "arxiv" in place.lower() else 2


def _source(spec: Spec, claim: Claim) -> str:
    place = _place(claim)
    if _rank(claim) or spec.paper is None:
        return place
    arxiv = f"arXiv:{spec.paper.arxiv}" if spec.paper.arxiv else spec.paper.title
    return f"{arxiv}, {place}" if place else arxiv
