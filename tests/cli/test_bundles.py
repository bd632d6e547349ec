"""Bundles of options: a command's function takes one parameter, the command line many options."""

from __future__ import annotations

import inspect
from dataclasses import dataclass

import pytest

from archcalc.cli._bundles import flat


@dataclass(frozen=True)
class Inner:
    one: int = 1


@dataclass(frozen=True, kw_only=True)
class Outer:
    zero: int = 0
    inner: Inner
    two: int = 2


def test_fields_come_where_their_bundle_is_and_reach_it() -> None:
    seen = []

    def command(name: str, *, outer: Outer, three: int = 3) -> None:
        seen.append((name, outer, three))

    flattened = flat(command)
    parameters = inspect.signature(flattened).parameters
    assert list(parameters) == ["name", "zero", "one", "two", "three"]
    assert [one.default for one in parameters.values()][1:] == [0, 1, 2, 3]
    flattened(name="a", zero=5, one=6, two=7, three=8)
    assert seen == [("a", Outer(zero=5, inner=Inner(6), two=7), 8)]


def test_two_options_of_one_name_are_refused() -> None:
    def command(*, inner: Inner, one: int) -> None: ...

    with pytest.raises(ValueError, match="duplicate parameter name: 'one'"):
        flat(command)
