"""The paper's table with what each of its rows costs, to its right."""

from __future__ import annotations

from dataclasses import replace

from archcalc.cost.counting.printed_rows import by_printed_row
from archcalc.cost.counting.table import CostTable
from archcalc.language.spec.paper_table import Computed, PaperTable, paper_table


def with_costs(costs: CostTable) -> PaperTable:
    """Return the table of a net's spec with MAdds and params of its rows, all copies together."""
    table = paper_table(costs.net.spec)
    grouped = by_printed_row(costs, table)
    about = (
        f"MAdds and params are computed, all copies of a row together: {costs.title}; "
        f"{costs.convention.about}"
    )
    own = {row.erratum for row in table.rows}
    errata = tuple(
        f"erratum, {row}: {text}" for row, text in costs.net.graph.errata.items() if text not in own
    )
    columns = {
        "MAdds": {int(name): grouped.madds(name) for name in grouped.groups},
        "params": {int(name): grouped.params(name) for name in grouped.groups},
    }
    return replace(table, computed=Computed(columns, about, errata))
