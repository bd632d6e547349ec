"""Finds the classes of a folder, and every spelling of their names."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from archcalc.language.ops._base import Operator

T = TypeVar("T")


class Spelling(NamedTuple):
    """A name in a spec: its class and the keywords that the name implies."""

    cls: Any
    preset: Mapping[str, Any]


def normal(name: str) -> str:
    """Return a name without case, spaces, ``_``, ``-`` and "2d": "Conv dw" → "convdw"."""
    return "".join(name.lower().split()).replace("_", "").replace("-", "")


def scan(package: str, base: type[T]) -> dict[str, type[T]]:
    """Import every module of ``package`` without a leading underscore.

    Returns the concrete subclasses of ``base`` that they define, by their ``name``.
    """
    root = importlib.import_module(package)
    found: dict[str, type[T]] = {}
    for info in pkgutil.iter_modules(root.__path__):
        if info.name.startswith("_"):
            continue
        module = importlib.import_module(f"{package}.{info.name}")
        for cls in vars(module).values():
            if (
                isinstance(cls, type)
                and issubclass(cls, base)
                and cls.__module__ == module.__name__
            ):
                name = vars(cls).get("name")
                if name is None:
                    continue
                if name in found:
                    raise TypeError(f"{module.__name__}: the name '{name}' is taken")
                found[name] = cls
    return dict(sorted(found.items()))


def spellings(classes: Iterable[Any]) -> Mapping[str, Spelling]:
    """Map each normal name of ``classes`` (name, spellings, presets) to its `Spelling`.

    Raises TypeError where two classes have one spelling.
    """
    table: dict[str, Spelling] = {}
    for cls in classes:
        own = {name: {} for name in (cls.name, *cls.spellings)} | cls.presets
        for name, preset in own.items():
            key = normal(name)
            if key in table and table[key] != Spelling(cls, preset):
                raise TypeError(f"'{name}' names both {table[key].cls.name} and {cls.name}")
            table[key] = Spelling(cls, preset)
    return MappingProxyType(table)


OPERATORS: Mapping[str, type[Operator]] = MappingProxyType(scan("archcalc.language.ops", Operator))  # type: ignore[type-abstract]
"""Every primitive operator by name."""
