"""Several nets side by side, by operator or by map size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Literal

from archcalc.base.errors import ArchcalcError
from archcalc.base.names import sides_text
from archcalc.base.tables import Record, Table
from archcalc.base.units import percent
from archcalc.cost.counting.layer import LayerCost
from archcalc.cost.counting.table import CostTable

Key = Literal["op", "size"]


@dataclass(frozen=True)
class GroupCost:
    """The cost of one group of layers in one net; shares in percent, None of a total of 0."""

    layers: int
    madds: int
    params: int
    madds_share: float | None
    params_share: float | None


@dataclass(frozen=True)
class AcrossTable(Table):
    """Groups of layers, each with its cost in every net that has it."""

    tables: tuple[CostTable, ...]
    key: Key

    @property
    def title(self) -> str:
        nets = ", ".join(table.net.title for table in self.tables)
        return f"{nets} · by {self.key} · {self.tables[0].convention.name}"

    @cached_property
    def groups(self) -> Mapping[str, tuple[GroupCost | None, ...]]:
        """The cost in each net by group, in the order of the nets; None where a net has none.

        Operators are in the order of their largest share in any net, sizes from large to small.
        """
        found = [_groups(table, self.key) for table in self.tables]
        keys = dict.fromkeys(key for groups in found for key in groups)
        parts = {key: tuple(groups.get(key) for groups in found) for key in keys}
        if self.key == "op":
            order = sorted(parts, key=lambda key: -_largest(parts[key]))
        else:
            order = sorted(parts, key=_area, reverse=True)
        return {key: parts[key] for key in order}

    def records(self) -> list[Record]:
        """Return one record a group and net that has it."""
        return [
            {"key": key, "net": table.net.title, **asdict(part)}
            for key, parts in self.groups.items()
            for table, part in zip(self.tables, parts, strict=True)
            if part is not None
        ]


def across(tables: Sequence[CostTable], key: Key) -> AcrossTable:
    """Sum layers of each net by operator ("op"), or by the size of the maps of their stage.

    Raises ArchcalcError for no table, and for tables of several conventions.
    """
    if not tables:
        raise ArchcalcError("across: at least one cost table")
    names = dict.fromkeys(table.convention.name for table in tables)
    if len(names) > 1:
        raise ArchcalcError(f"across: one convention for all nets, not {', '.join(names)}")
    return AcrossTable(tuple(tables), key)


def _groups(table: CostTable, key: Key) -> dict[str, GroupCost]:
    layers: dict[str, list[LayerCost]] = {}
    if key == "op":
        layers = {name: list(own) for name, own in table.by("op").groups.items()}
    else:
        for own in table.by("stage").groups.values():
            _, height, width = own[-1].output
            # a detector may return to an earlier size
            layers.setdefault(sides_text(height, width), []).extend(own)
    return {name: _part(table, own) for name, own in layers.items()}


def _part(table: CostTable, layers: Sequence[LayerCost]) -> GroupCost:
    madds, params = sum(one.madds for one in layers), sum(one.params for one in layers)
    return GroupCost(
        len(layers),
        madds,
        params,
        percent(madds, table.madds),
        percent(params, table.params),
    )


def _largest(parts: Sequence[GroupCost | None]) -> float:
    return max(
        share or 0.0
        for part in parts
        if part is not None
        for share in (part.madds_share, part.params_share)
    )


def _area(size: str) -> tuple[int, int]:
    height, _, width = size.partition("x")
    return int(height) * int(width), int(height)
