"""From the MODEL argument and its options to a spec or a net."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from archcalc.base.errors import ArchcalcError, shorten
from archcalc.language.graph.build import Prune, build
from archcalc.language.graph.net import Net
from archcalc.language.loading import load
from archcalc.language.spec.spec import Spec
from archcalc.language.transforms import transform

_VARIANT = re.compile(r"(?P<name>.+)@(?P<width>[0-9.]+)(?:-(?P<resolution>[0-9]+(?:x[0-9]+)?))?")
_CHANGED = re.compile(r"(?P<name>[^+]+)(?P<sets>(?:\+[a-z0-9_]+=[^+=]+)+)")


def spec_of(model: str) -> Spec:
    """Return the spec of a name or a path; a variant is an error that says so."""
    name, width, _ = split_variant(model)
    name, own_sets = split_sets(name)
    if width is not None or own_sets:
        raise ArchcalcError(f"{model}: the whole spec is meant here: give '{name}' alone")
    return load(name)


def net_of(
    model: str,
    *,
    width: str | None = None,
    resolution: str | None = None,
    prune: Sequence[str] | None = None,
    multiple: int = 8,
    param: Sequence[str] | None = None,
    sets: Sequence[str] | None = None,
) -> Net:
    """Return the net that a MODEL argument and the shared options describe.

    An option that is given stands before the variant that the argument names.
    """
    name, own_width, own_resolution = split_variant(model)
    name, own_sets = split_sets(name)
    return build(
        transform(load(name).with_params(**params_of(param)), [*own_sets, *(sets or ())]),
        width=next(w for w in (width, own_width, 1) if w is not None),
        resolution=own_resolution if resolution is None else resolution,
        prune=prune_of(prune),
        multiple=multiple,
    )


def split_variant(model: str) -> tuple[str, str | None, str | None]:
    """Return name, width and resolution of "mobilenet_v2@0.75-160"; a file is itself.

    >>> split_variant("mobilenet_v2@0.75-160")
    ('mobilenet_v2', '0.75', '160')
    """
    match = _VARIANT.fullmatch(model)
    if match is None or _exists(model):
        return model, None, None
    return match["name"], match["width"], match["resolution"]


def split_sets(name: str) -> tuple[str, list[str]]:
    """Return the name and the transforms of "mobilenet_v2+act=relu+se=on"; a file is itself.

    >>> split_sets("mobilenet_v2+act=relu+se=on")
    ('mobilenet_v2', ['act=relu', 'se=on'])
    """
    match = _CHANGED.fullmatch(name)
    if match is None or _exists(name):
        return name, []
    return match["name"], match["sets"][1:].split("+")


def prune_of(values: Sequence[str] | None) -> Prune:
    """Read ``--prune 0.5``, or ``--prune stage_2=0.5 --prune conv_3.1=0.25``."""
    if not values:
        return None
    if len(values) == 1 and "=" not in values[0]:
        return values[0]
    return _pairs("--prune", "stage_2=0.5", values)


def params_of(values: Sequence[str] | None) -> dict[str, Any]:
    """Read ``--param k=10``: whole numbers are numbers, as in a spec file."""
    return {
        name: int(value) if re.fullmatch(r"[0-9]{1,15}", value) else value
        for name, value in _pairs("--param", "k=10", values or ()).items()
    }


def _pairs(option: str, example: str, values: Sequence[str]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for value in values:
        name, equals, text = value.partition("=")
        if not (name and equals and text):
            raise ArchcalcError(f"{option}: expected a pair such as {example}, not '{value}'")
        if name in pairs:
            raise ArchcalcError(f"{option}: {shorten(name)} is given twice")
        pairs[name] = text
    return pairs


def _exists(path: str) -> bool:
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False
