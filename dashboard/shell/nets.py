"""Specs, nets and cost tables of choices, each computed once: the cache that sessions share."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from archcalc import CostTable, Net, Spec, UnknownName, build, count, load, transform
from archcalc.base.names import resolution_name
from archcalc.language.spec.find import zoo_titles
from dashboard.shell.choice import OWN, Choice

_NETS = 128
"""Tables that are kept: the last knobs of a few people."""


def spec_of(choice: Choice, own: Mapping[str, Spec]) -> Spec:
    """Return the spec of a choice; ``own``: the models that a session has brought, by name."""
    if choice.model.startswith(OWN):
        if choice.model not in own:
            raise UnknownName("model of this session", choice.model, own)
        spec = own[choice.model]
    else:
        spec = zoo_spec(choice.model)
    return _changed(spec, choice.set) if choice.set else spec


@lru_cache(maxsize=_NETS)
def _changed(spec: Spec, sets: str) -> Spec:
    return transform(spec, sets)


def net_of(choice: Choice, own: Mapping[str, Spec]) -> Net:
    """Return the net of a choice; raises ArchcalcError where there is none."""
    return table_of(choice, own).net


def table_of(choice: Choice, own: Mapping[str, Spec]) -> CostTable:
    """Return what the net of a choice costs; raises ArchcalcError."""
    return _table(spec_of(choice, own), choice)


@lru_cache(maxsize=_NETS)
def _table(spec: Spec, choice: Choice) -> CostTable:
    return count(built(spec, choice), choice.convention, dtype=choice.dtype)


def built(spec: Spec, choice: Choice) -> Net:
    """Return the net of a choice whose model has this spec, without its costs."""
    prune = dict(choice.prune) if isinstance(choice.prune, tuple) else choice.prune
    return build(spec, width=choice.width, resolution=choice.resolution, prune=prune or None)


def reference_of(spec: Spec) -> int | str:
    """Return the input side that the paper's table is for, or "HxW" where it is not square."""
    return resolution_name(*spec.input[1:])


@cache
def zoo_spec(name: str) -> Spec:
    """Return a spec of the zoo, read once."""
    return load(name)


def titles() -> dict[str, str]:
    """Return the title of every model of the zoo."""
    return zoo_titles()
