"""Checks the definitions of blocks that no row uses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from archcalc.base.errors import known_names, shorten
from archcalc.language.blocks import CALLABLE, spelling_of
from archcalc.language.spec.columns import parse_operator
from archcalc.language.spec.problems import Problems
from archcalc.language.spec.rows import line_at
from archcalc.language.spec.schema import SpecDocument

_NAME = re.compile(r"\$([A-Za-z_][A-Za-z0-9_]*)")


def check_definitions(
    document: SpecDocument,
    tree: Mapping[str, Any],
    params: Mapping[str, Any],
    used: set[str],
    problems: Problems,
) -> None:
    """Report undefined names, unknown operators and recursion in blocks that are not ``used``."""
    inner: dict[str, list[str]] = {}
    for name, block in document.blocks.items():
        if name in used:
            continue
        names = {*params, *block.columns}
        inner[name] = []
        for row, line in _rows(tree["blocks"][name]["rows"]):
            for key, value in row.items():
                where = line_at(row, key, line)
                for found in _NAME.findall(value) if isinstance(value, str) else ():
                    if found not in names and key not in ("note", "erratum"):
                        cell = f"{key} '{shorten(value)}'"
                        ending = known_names(found, names) if names else ""
                        problems.add(where, cell, f"${found} is not defined{ending}")
            op = _operator(row.get("op"))
            if op is None:
                continue
            if op in document.blocks:
                inner[name].append(op)
            elif spelling_of(op) is None:
                known = known_names(op, [*CALLABLE, *document.blocks])
                cell = f"op '{shorten(op)}'"
                problems.add(line_at(row, "op", line), cell, f"unknown operator{known}")
    for name in inner:
        if _reaches(inner, name):
            line = line_at(tree["blocks"], name)
            problems.add(line, f"blocks.{name}", "contains itself")


def _rows(rows: Sequence[Any]) -> Iterator[tuple[Mapping[str, Any], int]]:
    for row, line in zip(rows, getattr(rows, "lines", [1] * len(rows)), strict=True):
        if isinstance(row, Mapping):
            yield row, line
            if isinstance(row.get("rows"), list):
                yield from _rows(row["rows"])


def _operator(value: Any) -> str | None:
    """Return the operator that a cell names, or None for a parameter."""
    if not isinstance(value, str) or "$" in value:
        return None
    try:
        return parse_operator(value).op
    except ValueError:
        return None


def _reaches(inner: Mapping[str, list[str]], start: str) -> bool:
    """Return whether a block contains itself."""
    seen: set[str] = set()
    pending = list(inner[start])
    while pending:
        name = pending.pop()
        if name == start:
            return True
        if name not in seen:
            seen.add(name)
            pending.extend(inner.get(name, ()))
    return False
