"""From the MODEL argument and its options to a spec or a net."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from archcalc.base.errors import ArchcalcError, shorten
from archcalc.base.names import VariantName
from archcalc.cli._bundles import Variant
from archcalc.language.graph.build import Prune, build
from archcalc.language.graph.net import Net
from archcalc.language.loading import load
from archcalc.language.spec.spec import Spec
from archcalc.language.transforms import transform


def spec_of(model: str) -> Spec:
    """Return the spec of a name or a path; raises ArchcalcError for a variant."""
    variant = variant_of(model)
    if variant.width or variant.sets:
        raise ArchcalcError(f"{model}: the whole spec is meant here: give '{variant.name}' alone")
    return load(variant.name)


def net_of(model: str, options: Variant) -> Net:
    """Return the net that a MODEL argument and the options describe."""
    spec, width, resolution = sized(model, options)
    return build(
        spec,
        width=1 if width is None else width,
        resolution=resolution,
        prune=prune_of(options.prune),
        multiple=options.multiple,
    )


def sized(model: str, options: Variant) -> tuple[Spec, str | None, str | None]:
    """Return the spec, with its transforms, and the width and resolution that are named.

    An option that is given overrides the variant that the argument names.
    """
    variant = variant_of(model)
    spec = load(variant.name).with_params(**params_of(options.param))
    return (
        transform(spec, [*variant.sets, *(options.sets or ())]),
        variant.width or None if options.width is None else options.width,
        variant.resolution or None if options.resolution is None else options.resolution,
    )


def variant_of(model: str) -> VariantName:
    """Read a MODEL argument; an existing file is a name, even with "@" or "+" in it."""
    if _exists(model):
        return VariantName(model)
    variant = VariantName.parse(model)
    whole = str(replace(variant, width="", resolution=""))
    return replace(variant, name=whole, sets=()) if _exists(whole) else variant


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
