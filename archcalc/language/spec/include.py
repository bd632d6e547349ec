"""``extends`` rows: include the rows of another spec, such as a detector's backbone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from archcalc.base.errors import ArchcalcError, SpecError, known_names, shorten
from archcalc.language.spec.calls import INPUT, Expanded, Instance
from archcalc.language.spec.lines import Entry, Extends, Line, Repeat, Rows, Stated
from archcalc.language.spec.problems import Problems
from archcalc.language.spec.rounding import Rounding

ExtendedRows = Callable[[Any], Expanded]
"""Returns the rows of the spec that an ``extends`` cell names; raises ArchcalcError without one."""
ENTRY = "\0entry"
"""Placeholder of the value that an included slice reads; no id can have this name."""


@dataclass(frozen=True)
class Included:
    """The rows that one ``extends`` row includes, in execution order.

    Their printed sizes are for the other spec's own input and are checked there, not here.
    """

    row: Extends
    name: str
    """Name of the other spec."""
    ids: tuple[str, ...]
    instances: tuple[Instance, ...]
    widths: Mapping[str, int]
    """The fixed group widths of these rows."""
    rounding: Rounding | None
    """The rule of its width multiplier."""

    def on(self, value: str) -> tuple[Instance, ...]:
        """Return the copies of rows with ``value`` as their input."""
        return tuple(_renamed(instance, {ENTRY: value}) for instance in self.instances)


def take_over(rows: Rows, problems: Problems, extended_rows: ExtendedRows) -> tuple[Any, ...]:
    """Return ``rows`` numbered in order, each ``extends`` row replaced by the included rows."""
    if not any(isinstance(row, Extends) for row in _flat(rows)):
        return rows
    found: list[Any] = []
    number = 1
    for row in rows:
        if isinstance(row, Extends):
            included = _include(replace(row, number=number), problems, extended_rows)
            found.append(included)
            number += len(included.ids) if included else 1
        else:
            again, number = _numbered(row, number, problems)
            found.append(again)
    return tuple(found)


def check_rounding(taken: Sequence[Included], problems: Problems) -> None:
    """Report included rows with different width rules, for a spec without one of its own."""
    ruled = [row for row in taken if row.rounding is not None]
    for row in ruled:
        if row.rounding != ruled[0].rounding:
            expected = f"{row.name} and {ruled[0].name} round differently: state `rounding`"
            problems.add(row.row.line, row.row.base.cell, expected)


def misplaced(row: Extends, problems: Problems) -> None:
    """Report an ``extends`` row in a group or a block."""
    problems.add(row.line, "extends", "expected in the rows of the table, not in a group or block")


def _flat(rows: Rows) -> list[Entry]:
    flat: list[Entry] = []
    for row in rows:
        flat += _flat(row.rows) if isinstance(row, Repeat) else [row]
    return flat


def _numbered(row: Entry, number: int, problems: Problems) -> tuple[Entry, int]:
    if isinstance(row, Repeat):
        inner = []
        for one in row.rows:
            again, number = _numbered(one, number, problems)
            inner.append(again)
        return replace(row, rows=tuple(inner)), number
    if isinstance(row, Extends):
        misplaced(row, problems)
        return None, number + 1
    return (replace(row, number=number) if isinstance(row, Line) else row), number + 1


def _include(row: Extends, problems: Problems, extended_rows: ExtendedRows) -> Included | None:
    """Return the rows that ``row`` includes; None after reporting an error."""
    try:
        base = extended_rows(row.base.value)
    except SpecError as error:
        problems.absorb(error.problems)
    except ArchcalcError as error:
        problems.add(row.base.line, row.base.cell, str(error))
    else:
        return _slice(row, base, problems)
    return None


def _slice(row: Extends, base: Expanded, problems: Problems) -> Included | None:
    instances = base.instances
    # the last copy of each row: a repeated group is included whole
    last = {instance.row_id: index for index, instance in enumerate(instances)}
    start = -1 if row.after is None else _end_of(row.after, base, last, problems)
    whole = len(instances) - 1
    end = whole if row.through is None else _end_of(row.through, base, last, problems)
    if start is None or end is None:
        return None
    cell = row.through or row.after or row.base
    if end <= start:
        problems.add(cell.line, cell.cell, f"expected a row of {base.name} after {row.after_id}")
        return None
    taken, rest = instances[start + 1 : end + 1], (*instances[: start + 1], *instances[end + 1 :])
    ids = tuple(dict.fromkeys(instance.row_id for instance in taken))
    torn = [name for name in ids if any(other.row_id == name for other in rest)]
    if torn:
        expected = f"expected the last row of a group that repeats; '{torn[0]}' runs again after it"
        problems.add(cell.line, cell.cell, expected)
        return None
    boundary = INPUT if start < 0 else instances[start].output
    made = {call.path for instance in taken for call in instance.calls} | {
        instance.output for instance in taken
    }
    for instance in taken:
        read = {*instance.inputs, *(name for call in instance.calls for name in call.inputs)}
        for name in sorted(read - made - {boundary}):
            expected = f"row '{instance.row_id}' of {base.name} reads {name}, which is left out"
            problems.add(row.base.line, row.base.cell, expected)
            return None
    numbers = {name: row.number + index for index, name in enumerate(ids)}
    return Included(
        row,
        base.name,
        ids,
        tuple(_taken(instance, row, numbers, {boundary: ENTRY}) for instance in taken),
        {
            group: width
            for group, width in base.widths.items()
            if group.startswith(tuple(f"{name}." for name in ids))
        },
        base.rounding,
    )


def _end_of(
    cell: Stated | None, base: Expanded, last: Mapping[str, int], problems: Problems
) -> int | None:
    if cell is None:
        return None
    if cell.value in last:
        return last[cell.value]
    ending = known_names(str(cell.value), last)
    expected = f"no row '{shorten(str(cell.value))}' in {base.name}{ending}"
    problems.add(cell.line, cell.cell.split(" ")[0], expected)
    return None


def _taken(
    instance: Instance, row: Extends, numbers: Mapping[str, int], names: Mapping[str, str]
) -> Instance:
    """Return a copy of a row as it appears in the including table."""
    line = replace(
        instance.line, number=numbers[instance.row_id], line=row.line, asserts={}, borrowed=True
    )
    calls = tuple(replace(call, line=row.line, asserts={}) for call in instance.calls)
    return _renamed(replace(instance, line=line, calls=calls), names)


def _renamed(instance: Instance, names: Mapping[str, str]) -> Instance:
    """Return a copy of a row that reads other values."""
    calls = tuple(
        replace(call, inputs=tuple(names.get(name, name) for name in call.inputs))
        for call in instance.calls
    )
    inputs = tuple(names.get(name, name) for name in instance.inputs)
    output = names.get(instance.output, instance.output)
    return replace(instance, calls=calls, inputs=inputs, output=output)
