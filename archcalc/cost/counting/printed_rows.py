"""What each row of the paper's table costs."""

from __future__ import annotations

from bisect import bisect_right

from archcalc.cost.counting.table import CostTable, GroupedTable, LayerCost
from archcalc.language.spec.paper_table import PaperTable


def by_printed_row(table: CostTable, printed: PaperTable) -> GroupedTable:
    """Return sums of layers by the number of the row that they come from, in printed order.

    One row that takes over rows of another table has the layers of all of those.
    """
    numbers = [row.number for row in printed.rows]
    groups: dict[str, list[LayerCost]] = {str(number): [] for number in numbers}
    for layer in table.layers:
        groups[str(numbers[bisect_right(numbers, layer.node.row) - 1])].append(layer)
    return GroupedTable(table, "row", {name: tuple(layers) for name, layers in groups.items()})
