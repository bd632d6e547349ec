"""Finding transforms and applying several, in the order in which they are given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from archcalc.errors import ArchcalcError, UnknownName
from archcalc.ops import scan
from archcalc.spec.spec import Spec
from archcalc.transforms._base import Transform
from archcalc.transforms._edit import Editor, plain_copy

Sets = Mapping[str, Any] | Iterable[str] | str

TRANSFORMS: Mapping[str, type[Transform]] = MappingProxyType(
    scan("archcalc.transforms", Transform)  # type: ignore[type-abstract]
)
"""Every transform by name."""


def parse_sets(sets: Sets) -> dict[str, Any]:
    """Read {"act": "relu"}, "act=relu,se=off" or ["act=relu", "se=off"] as a mapping.

    Raises UnknownName for a transform that is not known, ArchcalcError for another form.
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
    """Return ``spec`` with each transform applied, in order; without any, ``spec`` itself."""
    chosen = parse_sets(sets)
    if not chosen:
        return spec
    document = plain_copy(spec.document)
    # What papers print, and what is misread in it, is of the net as printed.
    document.pop("claims", None)
    document.pop("pitfalls", None)
    editor = Editor(document)
    for name, value in chosen.items():
        kind = TRANSFORMS[name]
        try:
            kind().edit(editor, value)
        except ValueError as error:
            raise ArchcalcError(f"{spec.name}: set {name}={value}: {error}") from None
    for row in editor.rows():
        if isinstance(row.raw, list) and row.raw and row.raw[-1] == {}:
            row.raw.pop()
    label = ", ".join(f"{name}={value}" for name, value in chosen.items())
    return spec.with_document(document, label)
