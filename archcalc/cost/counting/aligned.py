"""Several cost tables side by side, aligned block by block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any

from archcalc.base.errors import ArchcalcError
from archcalc.base.tables import Record, Table
from archcalc.cost.counting.diff import BlockLayers, Pair, diff
from archcalc.cost.counting.table import CostTable

MOST = len(ascii_lowercase)
"""Maximum number of nets; each has a letter, as in `DiffTable`."""

_COLUMNS = ("op", "output", "madds", "params")


@dataclass(frozen=True)
class Place:
    """One row of the comparison.

    ``pairs``: for each net after the first, its block and the first net's; None where neither
    has one.
    """

    pairs: tuple[Pair | None, ...]

    def to_dict(self) -> Record:
        """Return one record: the columns of `Pair.to_dict`, a letter a net."""
        first = next(pair for pair in self.pairs if pair is not None).to_dict()
        record: Record = {"a": first["a"], **{f"{name}_a": first[f"{name}_a"] for name in _COLUMNS}}
        for letter, pair in zip(ascii_lowercase[1:], self.pairs, strict=False):
            own: dict[str, Any] = pair.to_dict() if pair is not None else {}
            record[f"status_{letter}"] = own.get("status")
            record[letter] = own.get("b")
            record |= {f"{name}_{letter}": own.get(f"{name}_b") for name in _COLUMNS}
        return record


@dataclass(frozen=True)
class AlignedTable(Table):
    """The blocks of nets, aligned with those of the first net."""

    tables: tuple[CostTable, ...]
    places: tuple[Place, ...]

    @property
    def title(self) -> str:
        nets = ", ".join(table.net.title for table in self.tables)
        return f"{nets} · {self.tables[0].convention.name}"

    def records(self) -> list[Record]:
        """Return one record a place; a net without a block there has None.

        The first net is ``a``; ``status_b`` is the status of its block in net ``b``.
        """
        return [place.to_dict() for place in self.places]

    def to_dict(self) -> Record:
        nets = {
            letter: {"net": table.net.title, **table.totals}
            for letter, table in zip(ascii_lowercase, self.tables, strict=False)
        }
        return {"nets": nets, "rows": self.records()}


def align(tables: Sequence[CostTable]) -> AlignedTable:
    """Align two or more cost tables by row and block, each with the first as `diff` does.

    Blocks that the first net lacks are placed in execution order; those of two other nets share a
    place if they have the same operators and output size. Raises ArchcalcError for fewer than two
    tables or more than `MOST`, and for tables of several conventions.
    """
    if not 2 <= len(tables) <= MOST:
        raise ArchcalcError(f"align: from 2 to {MOST} nets, not {len(tables)}")
    names = dict.fromkeys(table.convention.name for table in tables)
    if len(names) > 1:
        raise ArchcalcError(f"align: one convention for all nets, not {', '.join(names)}")
    columns = [_split(diff(tables[0], table).pairs) for table in tables[1:]]
    places: list[Place] = []
    for index in range(len(columns[0][0]) + 1):
        places += _gap([added[index] for _, added in columns])
        if index < len(columns[0][0]):
            places.append(Place(tuple(pairs[index] for pairs, _ in columns)))
    return AlignedTable(tuple(tables), tuple(places))


def _split(pairs: Sequence[Pair]) -> tuple[list[Pair], list[list[Pair]]]:
    """Return the pairs of the first net, and the added blocks before each and at the end."""
    own: list[Pair] = []
    added: list[list[Pair]] = [[]]
    for pair in pairs:
        if pair.a:
            own.append(pair)
            added.append([])
        else:
            added[-1].append(pair)
    return own, added


def _gap(columns: Sequence[Sequence[Pair]]) -> list[Place]:
    """Return rows of the blocks that several nets add in one gap, each net's in order."""
    rows: list[list[Pair | None]] = []
    for column, pairs in enumerate(columns):
        at = 0
        for pair in pairs:
            alike = (i for i in range(at, len(rows)) if _key(pair.b) in _keys(rows[i]))
            found = next(alike, None)
            if found is None:
                rows.insert(at, [None] * len(columns))
                found = at
            rows[found][column] = pair
            at = found + 1
    return [Place(tuple(row)) for row in rows]


def _keys(row: Sequence[Pair | None]) -> list[Any]:
    return [_key(pair.b) for pair in row if pair is not None]


def _key(block: BlockLayers) -> Any:
    return [layer.node.op.label for layer in block], block[-1].output
