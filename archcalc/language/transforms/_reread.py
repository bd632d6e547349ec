"""A spec under another reading of its paper: other cells, keywords or settings."""

from __future__ import annotations

from typing import Any

from archcalc.language.spec.document_rows import NamedRow, named_rows, plain_copy
from archcalc.language.spec.schema import Reading
from archcalc.language.spec.spec import Spec
from archcalc.language.transforms._apply import transform


def reread(spec: Spec, reading: Reading) -> Spec:
    """Return ``spec`` under another reading, without asserting its printed sizes.

    Raises ArchcalcError for an invalid result, KeyError for a row that does not exist.
    """
    document = plain_copy(spec.document)
    for part in ("claims", "pitfalls"):
        document.pop(part, None)
    by_id = {named.id: named for named in named_rows(document)}
    for name, change in reading.rows.items():
        _change(by_id[name], plain_copy(change))
    for owner, keywords in reading.defaults.items():
        own = document.setdefault("defaults", {}).setdefault(owner, {})
        own.update(plain_copy(keywords))
    if reading.rounding is not None:
        document["rounding"] = reading.rounding.model_dump()
    changed = spec.with_document(document, asserted=False)
    return transform(changed.with_params(**reading.params), reading.set)


def _change(named: NamedRow, change: Any) -> None:
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
