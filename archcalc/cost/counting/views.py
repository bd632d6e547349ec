"""Costs and claims as documents show them: what a reader compares, in columns that fit a page."""

from __future__ import annotations

from archcalc.base.tables import Record, View
from archcalc.base.units import Figure, format_exact
from archcalc.cost.claims.printed import words_of
from archcalc.cost.claims.results import ClaimGroup, ClaimResult, ClaimTable
from archcalc.cost.counting.table import CostTable, GroupedTable
from archcalc.language.spec.schema import DELTAS, size_text

_COUNTS = ("MAdds", "%", "params", "% ")
"""The heads of figures with their shares; the second share's has a space, which no one sees."""


def layers_view(table: CostTable) -> View:
    """Return a layer a row: its operator and sizes, MAdds and params with their shares."""
    errata = table.net.graph.errata
    shares = table.by("layer").records()
    rows: list[Record] = []
    for layer, record in zip(table.layers, shares, strict=True):
        mark = " †" if layer.node.row_id in errata else ""
        times = f" ×{layer.node.count}" if layer.node.count != 1 else ""
        rows.append(
            {
                "layer": layer.node.id + mark,
                "op": layer.node.op.label + times,
                "stride": layer.node.op.stride_of(),
                "output": size_text(layer.output),
                **_figures(record),
            }
        )
    total = {"layer": "total", "op": "", "stride": None, "output": "", **_total(table)}
    right = frozenset(("stride", "output", *_COUNTS))
    return View(table.title, rows, right, table.summary(), table.notes(), [total])


def groups_view(grouped: GroupedTable) -> View:
    """Return a group a row, with how many layers it has."""
    rows = [
        {grouped.key: record["key"], "layers": record["layers"], **_figures(record)}
        for record in grouped.records()
    ]
    count = sum(len(layers) for layers in grouped.groups.values())
    total = {grouped.key: "total", "layers": count, **_total(grouped.table)}
    right = frozenset(("layers", *_COUNTS))
    return View(grouped.title, rows, right, grouped.summary(), grouped.notes(), [total])


def claims_view(claims: ClaimTable) -> View:
    """Return the printed tables as printed, with computed figures and verdicts beside theirs."""
    tables = [_printed_table(group) for group in claims.groups]
    return View(claims.title, [], above=claims.notes(), more=tables)


def _printed_table(group: ClaimGroup) -> View:
    counted = [q for q in group.quantities if any(one.is_counted for one in _of(group, q))]
    several = len({one.model for one in group.results}) > 1
    rows: list[Record] = []
    notes: dict[str, None] = {}
    right: set[str] = set()
    for members in group.rows:
        first, own = members[0], {one.quantity: one for one in members}
        row: Record = {"row": first.row}
        if several:
            row["net"] = first.model if first.width == 1 else f"{first.model}@{first.width:g}"
        for index, quantity in enumerate(group.quantities):
            one, space = own.get(quantity), " " * index
            row[words_of(quantity)] = one.printed if one else ""
            right.add(words_of(quantity))
            if quantity in counted:
                row[f"computed{space}"] = _computed(one) if one else ""
                row[f"verdict{space}"] = _verdict(one) if one and one.is_counted else ""
                right.add(f"computed{space}")
            if one and one.verdict == "erratum" and one.remark:
                notes[f"erratum, {one.row}, {words_of(quantity)}: {one.remark}"] = None
        rows.append(row)
    return View(group.table.title, rows, frozenset(right), below=list(notes))


def _of(group: ClaimGroup, quantity: str) -> list[ClaimResult]:
    return [one for one in group.results if one.quantity == quantity]


def _figures(record: Record) -> Record:
    shares = [record["madds_share"], record["params_share"]]
    texts = ["" if share is None else f"{share:.2f}" for share in shares]
    values = (record["madds"], texts[0], record["params"], texts[1])
    return dict(zip(_COUNTS, values, strict=True))


def _total(table: CostTable) -> Record:
    return dict(zip(_COUNTS, (table.madds, "", table.params, ""), strict=True))


def _computed(one: ClaimResult) -> str:
    if one.computed is None:
        return ""
    if isinstance(one.computed, int):
        return format_exact(one.computed)
    return Figure.parse(one.printed).beside(one.computed)


def _verdict(one: ClaimResult) -> str:
    """Return the verdict, with how far off the computed figure is where that matters."""
    mark = " †" if one.verdict == "erratum" else ""
    percent = None if one.quantity in DELTAS else one.difference_percent
    if one.verdict == "reproduced" or percent is None:
        return one.verdict + mark
    return f"{one.verdict}{mark} {percent:+.2f}%"
