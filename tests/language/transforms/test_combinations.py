"""Any transforms in any order: one net where they touch different things, or one clear line."""

from __future__ import annotations

from functools import cache
from itertools import permutations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from archcalc import ArchcalcError, Spec, build, count, load, transform
from archcalc.language.transforms import TRANSFORMS
from tests.cost.scaling.drawn import ZOO

VALUES: dict[str, list[str]] = {
    "act": ["relu", "hard_swish"],
    "bottleneck": ["linear", "nonlinear"],
    "conv": ["full", "separable"],
    "h_swish": ["16", "80", "512"],
    "head": ["classes:7", "landmarks:5"],
    "kernel": ["1", "5"],
    "residual": ["inverted", "ordinary", "none"],
    "se": ["on", "off"],
    "t": ["1", "2", "6"],
}
TOUCH_THE_SAME = [{"act", "h_swish"}, {"conv", "kernel"}]


def test_every_transform_is_drawn() -> None:
    assert VALUES.keys() == TRANSFORMS.keys()


def transformed(name: str, sets: Any) -> Spec | None:
    """Return the changed spec; None where that is refused, in one line."""
    try:
        return transform(load(name), sets)
    except ArchcalcError as error:
        message = str(error)
    assert "\n" not in message
    assert message.startswith(f"{name}: set ")
    return None


@cache
def steps_of(name: str) -> dict[str, list[str]]:
    """Return the steps by transform that a net can take alone."""
    alone = {
        one: [f"{one}={value}" for value in values if transformed(name, f"{one}={value}")]
        for one, values in VALUES.items()
    }
    return {one: found for one, found in alone.items() if found}


@st.composite
def steps(draw: Any, most: int) -> tuple[str, list[str]]:
    """Draw a net and several of its steps."""
    name = draw(st.sampled_from(ZOO))
    known = steps_of(name)
    names = draw(st.lists(st.sampled_from(sorted(known)), min_size=2, max_size=most, unique=True))
    return name, [draw(st.sampled_from(known[one])) for one in names]


def cells(rows: list[Any]) -> list[Any]:
    """Return the printed cells of each row, those of groups too."""
    found = []
    for row in rows:
        if isinstance(row, dict):
            found += cells(row.get("rows", []))
        else:
            found.append([cell for cell in row if not isinstance(cell, dict)])
    return found


@settings(max_examples=15)
@given(drawn=steps(4))
def test_what_combines_is_a_net_that_shows_what_was_printed(drawn: tuple[str, list[str]]) -> None:
    name, sets = drawn
    spec = transformed(name, sets)
    if spec is None:
        return
    net = build(spec)
    assert count(net).madds > 0
    again = Spec(spec.to_yaml(), spec.file)
    assert again == spec
    assert build(again).graph == net.graph
    printed = iter(cells(load(name).document["rows"]))
    assert all(row in printed for row in cells(spec.document["rows"]))
    assert spec.claims == []


@settings(max_examples=8)
@given(drawn=steps(3))
def test_order_matters_only_where_two_touch_the_same(drawn: tuple[str, list[str]]) -> None:
    name, sets = drawn
    chosen = {one.partition("=")[0] for one in sets}
    if any(both <= chosen for both in TOUCH_THE_SAME):
        return
    found = []
    for order in permutations(sets):
        spec = transformed(name, order)
        nodes = build(spec).graph.nodes if spec else ()
        found.append([(n.id, n.op, n.inputs, n.channels) for n in nodes])
    assert all(one == found[0] for one in found)
