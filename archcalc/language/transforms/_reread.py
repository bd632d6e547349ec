"""A spec under another reading of its paper: cells, keywords or settings read otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from archcalc.language.blocks import SPELLINGS
from archcalc.language.ops import normal
from archcalc.language.spec.columns import OF_EVERY_ROW
from archcalc.language.spec.schema import Reading
from archcalc.language.spec.spec import Spec
from archcalc.language.spec.yaml import text_of
from archcalc.language.transforms._apply import transform
from archcalc.language.transforms._edit import Row, plain_copy


@dataclass(frozen=True)
class Named:
    """A row of a document with its id, and the list that it stands in."""

    id: str
    row: Row
    rows: list[Any]


def named_rows(spec: Spec) -> list[Named]:
    """Return the rows of the table by their ids, and those of the spec's own blocks as block.id.

    They are a copy: changes do not reach ``spec``.
    """
    return list(_all_rows(plain_copy(spec.document)))


def _all_rows(document: Mapping[str, Any]) -> Iterator[Named]:
    blocks = document.get("blocks") or {}
    yield from _named(document["rows"], document.get("columns") or [], blocks, "")
    for name, block in blocks.items():
        yield from _named(block["rows"], [], blocks, f"{name}.")


def reread(spec: Spec, reading: Reading) -> Spec:
    """Return ``spec`` as another reading has it; printed cells are not asserted of it.

    Raises ArchcalcError where the result is no spec, KeyError for a row that does not exist.
    """
    document = plain_copy(spec.document)
    for part in ("claims", "pitfalls"):
        document.pop(part, None)
    by_id = {named.id: named for named in _all_rows(document)}
    for name, change in reading.rows.items():
        _change(by_id[name], plain_copy(change))
    for owner, keywords in reading.defaults.items():
        own = document.setdefault("defaults", {}).setdefault(owner, {})
        own.update(plain_copy(keywords))
    if reading.rounding is not None:
        document["rounding"] = reading.rounding.model_dump()
    changed = spec.with_document(document, asserted=False)
    return transform(changed.with_params(**reading.params), reading.set)


def _named(
    rows: list[Any], columns: list[str], blocks: Mapping[str, Any], prefix: str
) -> Iterator[Named]:
    numbered = enumerate(_flat(rows, columns), start=1)
    for number, (row, home) in numbered:
        if isinstance(row.raw, dict) and "extends" in row.raw:
            continue  # rows of another spec, which has pitfalls of its own
        cells = {OF_EVERY_ROW.get(key, key): value for key, value in row.cells()}
        stated = cells.get("id")
        op = row.op
        own = op in blocks or normal(op) not in SPELLINGS
        name = op if own else SPELLINGS[normal(op)].cls.name
        yield Named(f"{prefix}{text_of(stated) if stated else f'{name}_{number}'}", row, home)


def _flat(rows: list[Any], columns: list[str]) -> Iterator[tuple[Row, list[Any]]]:
    for raw in list(rows):
        if isinstance(raw, dict) and "rows" in raw:
            yield from _flat(raw["rows"], columns)
        else:
            yield Row(raw, columns), rows


def _change(named: Named, change: Any) -> None:
    row = named.row
    if isinstance(change, list):
        index = next(i for i, raw in enumerate(named.rows) if raw is row.raw)
        named.rows[index : index + 1] = change
        return
    for name, value in change.items():
        if value is None and name not in row.columns:
            row.keywords.pop(name, None)
        else:
            row.set(name, value)
