"""Finds transforms and applies them in the order given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from archcalc.base.errors import ArchcalcError, UnknownName
from archcalc.base.limits import NESTING
from archcalc.language.ops import scan
from archcalc.language.spec.document_rows import plain_copy
from archcalc.language.spec.spec import Spec, base_of
from archcalc.language.transforms._base import Transform
from archcalc.language.transforms._edit import Editor

Sets = Mapping[str, Any] | Iterable[str] | str

TRANSFORMS: Mapping[str, type[Transform]] = MappingProxyType(
    scan("archcalc.language.transforms", Transform)  # type: ignore[type-abstract]
)
"""Every transform by name."""


def parse_sets(sets: Sets) -> dict[str, Any]:
    """Read {"act": "relu"}, "act=relu,se=off" or ["act=relu", "se=off"] as a mapping.

    Raises UnknownName for an unknown transform, ArchcalcError for any other form.
    """
    if isinstance(sets, Mapping):
        found = dict(sets)
    elif not isinstance(sets, Iterable):
        raise ArchcalcError(f"set: NAME=VALUE such as act=relu, not {sets!r}")
    else:
        texts = sets.split(",") if isinstance(sets, str) else list(sets)
        found = {}
        for text in map(str, texts):
            name, equals, value = text.strip().partition("=")
            if not text.strip():
                continue
            if not equals or not value:
                raise ArchcalcError(f"set: NAME=VALUE such as act=relu, not '{text}'")
            if name in found:
                raise ArchcalcError(f"set: '{name}' is given twice")
            found[name] = value
    for name in found:
        if name not in TRANSFORMS:
            raise UnknownName("transform", name, TRANSFORMS)
    return found


def transform(spec: Spec, sets: Sets) -> Spec:
    """Return ``spec`` with each transform applied, in order; without any, ``spec`` itself.

    Specs that it extends are changed too, and are then written inline in its rows.
    """
    chosen = parse_sets(sets)
    if not chosen:
        return spec
    documents = list(_documents(spec, NESTING))
    editors = [Editor(document) for document in documents]
    for name, value in chosen.items():
        kind = TRANSFORMS[name]
        _edit(spec, kind, value, editors if kind.of_extended else editors[:1])
    for row in (row for editor in editors for row in editor.rows()):
        if isinstance(row.raw, list) and row.raw and row.raw[-1] == {}:
            row.raw.pop()
    done = [(name, str(value)) for name, value in chosen.items()]
    return spec.with_document(documents[0], sets=done)


def _documents(spec: Spec, depth: int) -> Iterator[dict[str, Any]]:
    """Yield a copy of the document of ``spec``, then of each spec that it extends, now inline."""
    document = plain_copy(spec.document)
    # Claims and pitfalls are of the printed net.
    document.pop("claims", None)
    document.pop("pitfalls", None)
    yield document
    if not depth:
        raise ArchcalcError(f"{spec.name}: extends itself")
    for row in document["rows"]:
        if isinstance(row, dict) and "extends" in row:
            inner = _documents(base_of(row["extends"], spec.file), depth - 1)
            row["extends"] = next(inner)
            yield row["extends"]
            yield from inner


def _edit(spec: Spec, kind: type[Transform], value: Any, editors: list[Editor]) -> None:
    """Apply one transform to the documents of a net; raises ArchcalcError where none changes."""
    refused = []
    for editor in editors:
        try:
            kind().edit(editor, value)
        except ValueError as error:
            refused.append(error)
    if len(refused) == len(editors):
        raise ArchcalcError(f"{spec.name}: set {kind.name}={value}: {refused[0]}") from None
