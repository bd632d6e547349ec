"""What Explore shows of one table: groups of layers, shares, and the claims of papers."""

from __future__ import annotations

from archcalc import CostTable
from archcalc.errors import shorten
from archcalc.tables import Record
from dashboard.views.fields import Field, choice_field

GROUPINGS = ("block", "row", "layer", "op", "stage")

BY = choice_field("by", GROUPINGS)
"""What layers are summed by."""


def read_key(text: str) -> str:
    """Read the key of a group; whether the net has it is seen when it is shown."""
    return shorten(text, 200)


AT = Field("at", "", read_key)
"""The group that is marked in the table and in the chart; "" for none."""

FIELDS = (BY, AT)


def groups(table: CostTable, by: str) -> list[Record]:
    """Return one record a group, as ``archcalc count --by`` has it."""
    return table.by(by).records()


def marked(table: CostTable, by: str, at: str) -> str:
    """Return the group to mark: ``at`` where the table has it, else "" for none."""
    return at if at in table.by(by).groups else ""
