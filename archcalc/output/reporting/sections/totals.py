"""The subject of the report and its headline figures, each with the printed one."""

from __future__ import annotations

from collections.abc import Mapping

from archcalc.base.document import Block, Facts, Note, Section, Tile, Tiles
from archcalc.base.errors import shorten
from archcalc.base.messages import Messages
from archcalc.base.names import size_text
from archcalc.base.units import (
    format_bytes,
    format_count,
    format_decimal,
    format_exact,
    format_fixed,
)
from archcalc.cost.claims.judge import claims_of
from archcalc.cost.claims.results import ClaimResult
from archcalc.cost.counting.layer import DTYPES
from archcalc.language.spec.schema import Paper
from archcalc.output.present.claims import computed_text
from archcalc.output.present.words import convention_words, paper_words, place_words, quantity_words
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject


def make(subject: Subject) -> Section:
    """Return MAdds, parameters, FLOPs and bytes, with the net and the convention."""
    t, cost = subject.t, subject.cost
    totals = cost.totals
    printed = _printed(subject)
    paper = subject.net.spec.paper
    tiles = [
        *(_tile(subject, name, printed.get(name)) for name in ("madds", "params")),
        Tile(format_count(totals["flops"]), t("table.flops"), t("table.flops_are")),
        *(
            Tile(format_bytes(totals[name]), t(f"table.{name}"), format_exact(totals[name]))
            for name in ("weight_bytes", "activation_bytes", "peak_memory_bytes")
        ),
    ]
    blocks: list[Block] = [Tiles(tiles)]
    blocks += [
        Note(one.remark, "erratum", _figure(t, one, paper))
        for one in printed.values()
        if one.verdict == "erratum"
    ]
    return Section("totals", t("report.totals"), [*blocks, _facts(subject)])


def _printed(subject: Subject) -> dict[str, ClaimResult]:
    """Return the paper's figures for exactly this net, preferably under its convention."""
    found: dict[str, ClaimResult] = {}
    claims = claims_of(subject.net)
    for one in sorted(claims, key=lambda one: one.convention != subject.convention):
        if one.computed is not None:
            found.setdefault(one.quantity, one)
    # papers print multiply-adds of one image
    names = ("madds", "params") if subject.batch == 1 else ("params",)
    return {name: found[name] for name in names if name in found}


def _tile(subject: Subject, name: str, claim: ClaimResult | None) -> Tile:
    t, value = subject.t, subject.cost.totals[name]
    detail, badge = format_exact(value), ""
    if claim is not None:
        key = "prints" if claim.convention == subject.convention else "prints_by"
        detail = t(
            f"report_totals.{key}",
            figure=detail,
            table=_table(t, claim, subject.net.spec.paper),
            printed=claim.printed,
            convention=claim.convention,
            computed=computed_text(claim),
        )
        badge = claim.verdict
    return Tile(format_count(value), t(f"table.{name}"), detail, badge)


def _figure(t: Messages, claim: ClaimResult, paper: Paper | None) -> str:
    quantity = quantity_words(t, claim.quantity)
    table = _table(t, claim, paper)
    return t("report_totals.figure", table=table, quantity=quantity, printed=claim.printed)


def _table(t: Messages, claim: ClaimResult, paper: Paper | None) -> str:
    """Name the table of a claim; one of the net's own paper by number alone."""
    place = claim.table or claim.source or claim.row
    if paper is not None and place.startswith(paper.title):
        place = place.rpartition(", ")[2]
    return shorten(place_words(t, place))


def _facts(subject: Subject) -> Facts:
    t, cost, net = subject.t, subject.cost, subject.net
    spec = net.spec
    pairs = [(t("table.net"), f"{spec.title} ({net.title})")]
    if spec.paper:
        pairs.append((t("report_totals.paper"), paper_words(t, spec.paper)))
    size = t("report_totals.input_size", size=size_text(net.input_shape))
    pairs.append((t("report_totals.input"), size))
    if spec.rounding is not None:
        pairs.append((t("report_totals.width"), format_decimal(net.width)))
    if net.prune:
        pairs.append((t("report_totals.prune"), _prune(t, net.prune)))
    if spec.sets:
        pairs.append((t("report_totals.changed"), spec.caption))
    if spec.params:
        given = ", ".join(f"{name}={value}" for name, value in spec.params.items())
        pairs.append((t("report_totals.parameters"), given))
    about = convention_words(t, cost.convention)
    counted = t("report_totals.convention_is", name=cost.convention.name, about=about)
    pairs.append((t("report.convention"), counted))
    pairs.append((t("report_totals.batch"), str(cost.batch)))
    dtype = t("report_totals.dtype_is", dtype=cost.dtype, bytes=DTYPES[cost.dtype])
    pairs.append((t("report_totals.dtype"), dtype))
    intensity = format_fixed(cost.totals["arithmetic_intensity"], 2)
    value = t("report_totals.intensity_is", value=intensity)
    pairs.append((t("report_totals.intensity"), value))
    return Facts(pairs)


def _prune(t: Messages, prune: float | Mapping[str, float]) -> str:
    if isinstance(prune, Mapping):
        return ", ".join(f"{name}: {format_decimal(ratio)}" for name, ratio in prune.items())
    return t("report_totals.uniform", ratio=format_decimal(prune))


SECTION = SectionKind("totals", {"net": 10}, make)
