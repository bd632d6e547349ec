"""What papers print of the net, with computed figures and verdicts, and what is misread in them."""

from __future__ import annotations

from archcalc.base.document import Block, Note, Section, Text, Tile, Tiles
from archcalc.base.units import format_decimal
from archcalc.cost.claims.explain import explain
from archcalc.cost.claims.judge import claims_of
from archcalc.cost.claims.results import CLOSE_PERCENT
from archcalc.output.present.claims import claim_table
from archcalc.output.present.explain import remark_blocks
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject


def printed(subject: Subject) -> Section | None:
    """Return the number of figures by verdict, and the printed tables."""
    t, claims = subject.t, subject.claims
    if not claims.results:
        return None
    own = set(claims_of(subject.net))
    tiles = [
        Tile(str(number), t("report_claims.figures"), badge=verdict)
        for verdict, number in claims.verdicts.items()
        if number
    ]
    blocks: list[Block] = [
        Tiles(tiles),
        Text(t("report_claims.intro", close=f"{format_decimal(CLOSE_PERCENT)}%")),
    ]
    blocks += _parameters(subject)
    if not all(one.is_counted for one in claims.results):
        blocks.append(Text(t("report_claims.as_printed")))
    if own & set(claims.results):
        blocks.append(Text(t("report_claims.this_variant")))
    blocks += [claim_table(t, group, own) for group in claims.groups]
    return Section("claims", t("report_claims.title"), blocks)


def _parameters(subject: Subject) -> list[Block]:
    """Return a note where the net's parameters differ from those of the printed figures."""
    spec = subject.net.spec
    if spec.params == spec.head.params:
        return []
    printed, chosen = (
        ", ".join(f"{name}={params[name]}" for name in spec.params_given)
        for params in (spec.head.params, spec.params)
    )
    text = subject.t("report_claims.own_parameters", printed=printed, chosen=chosen)
    return [Note(text, "warning")]


def pitfalls(subject: Subject) -> Section | None:
    """Return the remarks, and a reference to the chapter of printed figures."""
    t = subject.t
    # printed figures have a chapter of their own
    blocks = list(remark_blocks(t, explain(subject.net.spec.as_filed), claims=False))
    if not blocks:
        return None
    if subject.claims.results:
        title = t("report_claims.title")
        blocks.append(Text(t("report_pitfalls.verdicts", title=title)))
    return Section("pitfalls", t("report_pitfalls.title"), blocks)


SECTIONS = (
    SectionKind("claims", {"net": 80}, printed),
    SectionKind("pitfalls", {"net": 85}, pitfalls),
)
