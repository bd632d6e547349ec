"""Published accuracies and latencies from a spec's claims, one per variant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from archcalc.base.names import paper_place
from archcalc.base.number import parse_width
from archcalc.base.units import Figure
from archcalc.language.graph.build import graph_of, parse_resolution
from archcalc.language.spec.schema import Claim
from archcalc.language.spec.spec import Spec
from archcalc.language.transforms import Sets, transform

Variant = tuple[int, tuple[int, int]]
"""Width multiplier in 1/10⁴, and (height, width) in pixels."""


@dataclass(frozen=True)
class Published:
    """The printed top-1 accuracy of a variant in percent, and its source."""

    width: int
    side: tuple[int, int]
    top1: float
    source: str


@dataclass(frozen=True)
class PrintedTime:
    """The printed latency of a variant on a phone in milliseconds, and its source.

    ``phone``: as in claims, such as "pixel1".
    """

    phone: str
    width: int
    side: tuple[int, int]
    milliseconds: float
    source: str


def published(spec: Spec, sets: Sets = "") -> dict[Variant, Published]:
    """Return the published top-1 of each variant of ``spec`` under the transforms ``sets``.

    A claim counts where its own transforms make the same net, in any spelling and order: "act=HS"
    is "act=hard_swish". Where several sources print one variant, the net's own paper comes before
    other papers, and papers before other sources (the authors' README); among equals the first
    claim. Empty for a spec with other parameters than its file's.

    Raises ArchcalcError for transforms that the net does not support.
    """
    found = _printed(spec, sets, lambda claim: {"top1": claim.top1} if claim.top1 else {})
    return {
        variant: Published(*variant, value, source)
        for (_, variant), (value, source) in found.items()
    }


def printed_times(spec: Spec, sets: Sets = "") -> tuple[PrintedTime, ...]:
    """Return the published latencies of the variants of ``spec`` under ``sets``, by phone.

    The choice of claims is that of `published`.
    """
    found = _printed(spec, sets, lambda claim: claim.latency)
    return tuple(
        PrintedTime(phone, *variant, value, source)
        for (phone, variant), (value, source) in found.items()
    )


def same_net(one: Spec, other: Spec) -> bool:
    """Return whether two specs give the same net at every width, resolution and prune ratio.

    Raises SpecError for an invalid one.
    """
    return one is other or _structure(one) == _structure(other)


def _structure(spec: Spec) -> tuple[Any, ...]:
    """Return the parts of a graph that costs or computations depend on."""
    graph = graph_of(spec)
    nodes = [replace(node, line=0) for node in graph.nodes]
    return nodes, graph.groups, graph.input_channels, graph.reference, graph.outputs, graph.rounding


def _printed(
    spec: Spec, sets: Sets, figures: Callable[[Claim], Mapping[str, str]]
) -> dict[tuple[str, Variant], tuple[float, str]]:
    """Return (value, source) of every figure in the claims, by its name and variant."""
    if spec.params != spec.head.params:
        return {}
    asked = transform(spec, sets)
    meant: dict[str, bool] = {}
    found: dict[tuple[str, Variant], tuple[int, float, str]] = {}
    for claim in spec.claims:
        printed = {} if claim.row is not None else figures(claim)
        if not printed:
            continue
        own = str(claim.set or "")
        if own not in meant:
            meant[own] = same_net(transform(spec, claim.set or ""), asked)
        if not meant[own]:
            continue
        side = parse_resolution(claim.resolution, spec.input[1:])
        variant = parse_width(claim.width), side
        rank = _rank(claim)
        for name, text in printed.items():
            key = name, variant
            if key not in found or rank < found[key][0]:
                found[key] = rank, float(Figure.parse(text).value), _source(spec, claim)
    return {key: (value, source) for key, (_, value, source) in found.items()}


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
    arxiv = paper_place(spec.paper.arxiv) or spec.paper.title
    return f"{arxiv}, {place}" if place else arxiv
