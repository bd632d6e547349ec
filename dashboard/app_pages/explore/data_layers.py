"""The table of layers, or of sums of them, and which place in it is marked."""

from __future__ import annotations

from archcalc import CostTable
from archcalc.base.tables import Record
from archcalc.base.units import format_count, format_exact
from archcalc.cost.counting.layer import KEYS
from dashboard.shell.fields import choice_field, key_field

GROUPINGS = ("block", "row", "layer", "op", "stage")
"""What layers are summed by, the most telling first."""

BY = choice_field("by", GROUPINGS)

AT = key_field("at")
"""The group that is marked in the table and in the chart; "" for none."""

HEATED = ("madds", "params")
"""The columns that are coloured by their share."""

_SHOWN = ("op", "inputs", "output", "kernel", "stride")
_BYTES = ("weight_bytes", "activation_bytes", "arithmetic_intensity")


def records(table: CostTable, by: str) -> list[Record]:
    """Return one record a group, as ``archcalc count --by`` has it; of layers their shapes too."""
    sums = table.by(by).records()
    if by != "layer":
        return sums
    return [
        {
            "key": total["key"],
            **{name: layer[name] for name in _SHOWN},
            **{name: total[name] for name in ("madds", "params", "madds_share", "params_share")},
            **{name: layer[name] for name in _BYTES},
        }
        for total, layer in zip(sums, table.records(), strict=True)
    ]


def bars(table: CostTable, by: str) -> list[Record]:
    """Return a record for each group and quantity that it has any of."""
    return [
        {
            "key": group["key"],
            "quantity": name,
            "share": group[f"{name}_share"],
            "count": format_count(group[name]),
            "exact": format_exact(group[name]),
        }
        for group in table.by(by).records()
        for name in HEATED
        if group[name]
    ]


def marked(table: CostTable, by: str, at: str) -> str:
    """Return the group to mark: ``at`` where the table has it, else "" for none."""
    return at if any(KEYS[by](layer.node) == at for layer in table.layers) else ""


def block_of(table: CostTable, by: str, at: str) -> str:
    """Return the block to draw: that of the heaviest layer in the group, or in the whole net."""
    wanted = [layer for layer in table.layers if not at or KEYS[by](layer.node) == at]
    heaviest = max(wanted or table.layers, key=lambda layer: (layer.madds, layer.params))
    return heaviest.node.block
