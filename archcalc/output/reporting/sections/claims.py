"""Every figure that papers print for the net, with the computed one and a verdict."""

from __future__ import annotations

from archcalc.base.document import Block, Note, Section, Text, Tile, Tiles
from archcalc.base.units import format_decimal
from archcalc.cost.claims.judge import claims_of
from archcalc.cost.claims.results import CLOSE_PERCENT
from archcalc.output.present.claims import claim_table
from archcalc.output.reporting.sections import SectionKind
from archcalc.output.reporting.subject import Subject


def make(subject: Subject) -> Section | None:
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


SECTION = SectionKind("claims", {"net": 80}, make)
