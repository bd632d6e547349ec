"""A net as a spec file that builds it again: its rows and its own widths."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archcalc.base.errors import ArchcalcError, SpecError
from archcalc.base.names import sides_text
from archcalc.language.graph import Net
from archcalc.language.graph.build import build
from archcalc.language.graph.groups import Joined, Squeeze
from archcalc.language.spec.find import zoo_names
from archcalc.language.spec.spec import Spec

_OF_THE_PRINTED_NET = ("claims", "pitfalls")


@dataclass(frozen=True)
class SpecFile:
    """The text of a spec file, and remarks on what it cannot hold."""

    text: str
    remarks: tuple[str, ...] = ()


def spec_file(thing: Spec | Net, path: Path) -> SpecFile:
    """Return the file of a spec, or of one net: pruned, at another width, with other parameters.

    Claims are of the printed net and are left out for others. A file has the printed resolution;
    another one is remarked. Raises ArchcalcError where printed cells contradict the net's
    parameters.
    """
    spec, net = (thing.spec, thing) if isinstance(thing, Net) else (thing, None)
    parts: dict[str, Any] = {"rows": _moved(spec.document["rows"], spec.file, path)}
    changed = bool(spec.params_given)
    if spec.params_given:
        parts["params"] = {**spec.document.get("params", {}), **spec.params_given}
    document = {**spec.document, **parts}
    remarks: list[str] = []
    if net is not None:
        widths = _widths(net)
        if widths:
            changed = True
            document["widths"] = widths
        if net.size != net.graph.reference[1:]:
            remarks.append(
                f"a spec has its printed input of {sides_text(*spec.input[1:])}; give "
                f"--resolution {net.resolution} with it"
            )
    if changed:
        for part in _OF_THE_PRINTED_NET:
            document.pop(part, None)
        document["note"] = _note(spec, net)
    written = Spec.from_document(document, str(path))
    try:
        again = build(written, resolution=net.size if net else None)
    except SpecError as error:
        raise ArchcalcError(
            f"{path}: printed cells of {spec.name} contradict its parameters, as in {error}"
        ) from None
    if net is not None and again.shapes != net.shapes:
        raise ArchcalcError(f"{path}: {net.title} cannot be described by widths of channel groups")
    return SpecFile(written.to_yaml(), tuple(remarks))


def _widths(net: Net) -> dict[str, int]:
    """Return the widths to write: those that differ from print and do not follow their rule."""
    wanted, stated = net.variant.widths, dict(net.spec.head.widths)
    for group in net.graph.groups[1:]:
        free = not isinstance(group.rule, (Joined, Squeeze))
        if free and wanted[group.name] != group.base:
            stated[group.name] = wanted[group.name]
    # a squeeze follows its input by its rule, unless it has a width of its own
    found = build(net.spec.replace(widths=stated)).variant.widths if stated else {}
    for group in net.graph.groups[1:]:
        if (
            isinstance(group.rule, Squeeze)
            and found.get(group.name, group.base) != wanted[group.name]
        ):
            stated[group.name] = wanted[group.name]
    return stated


def _note(spec: Spec, net: Net | None) -> str:
    """Describe the net: "mobilenet_v2@0.75 pruned 0.5, with k=10"."""
    text = net.title if net is not None else spec.name
    if spec.params_given:
        pairs = ", ".join(f"{name}={value}" for name, value in spec.params_given.items())
        text += f", with {pairs}"
    text = f"written by archcalc: {text}"[:1000]
    return f"{spec.head.note}; {text}" if spec.head.note and len(spec.head.note) < 8000 else text


def _moved(rows: Any, file: str, path: Path) -> Any:
    """Return rows whose ``extends`` paths are relative to ``path`` instead of ``file``."""
    if isinstance(rows, Mapping):
        base = rows.get("extends")
        if isinstance(base, str) and base not in zoo_names() and Path(base).suffix:
            there = Path(file).parent / base
            moved = there if there.is_absolute() else _relative(there, path.parent)
            return {**rows, "extends": str(moved)}
        return rows
    return [_moved(row, file, path) if isinstance(row, Mapping) else row for row in rows]


def _relative(there: Path, folder: Path) -> Path:
    try:
        return Path(os.path.relpath(there, folder))
    except ValueError:  # another drive
        return there.absolute()
