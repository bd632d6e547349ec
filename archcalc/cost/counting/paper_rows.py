"""The costs of the rows of the paper's table, and that table with them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from archcalc.cost.counting.layer import LayerCost
from archcalc.cost.counting.table import CostTable
from archcalc.language.spec.paper_table import Computed, PaperTable, paper_table


def by_printed_row(table: CostTable, printed: PaperTable) -> dict[int, list[LayerCost]]:
    """Return layers by row number, in printed order.

    An ``extends`` row has the layers of all included rows.
    """
    numbers = [row.number for row in printed.rows]
    groups: dict[int, list[LayerCost]] = {number: [] for number in numbers}
    for layer in table.layers:
        groups[numbers[bisect_right(numbers, layer.node.row) - 1]].append(layer)
    return groups


def with_costs(costs: CostTable) -> PaperTable:
    """Return the table of a net's spec with MAdds and params of its rows, all copies together."""
    table = paper_table(costs.net.spec)
    layers = by_printed_row(costs, table)
    about = (
        f"MAdds and params are computed, all copies of a row together: {costs.title}; "
        f"{costs.convention.about}"
    )
    own = {row.erratum for row in table.rows}
    errata = tuple(
        f"erratum, {row}: {text}" for row, text in costs.net.graph.errata.items() if text not in own
    )
    columns = {
        "MAdds": {number: sum(one.madds for one in made) for number, made in layers.items()},
        "params": {number: sum(one.params for one in made) for number, made in layers.items()},
    }
    return replace(table, computed=Computed(columns, about, errata))
