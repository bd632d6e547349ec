"""The same rules as spreadsheet formulas: whole nets on cells for widths and size."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import formulas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archcalc.base.number import SCALE, Formula
from archcalc.cost.counting.table import count
from archcalc.language.conventions.convention import CONVENTIONS, convention_named
from archcalc.language.graph import Net, Variant
from archcalc.language.graph.build import build, graph_of
from archcalc.language.graph.groups import group_widths
from archcalc.language.loading import load
from tests.cost.scaling.drawn import ZOO, prunes, resolutions, widths
from tests.zoo import few

FUNCTIONS = {
    "INT": math.floor,
    "MIN": min,
    "MAX": max,
    "IF": lambda condition, then, otherwise: then if condition else otherwise,
}


@cache
def cell_names(name: str) -> dict[str, str]:
    """Return the cell that holds the width of each channel group."""
    return {group.name: f"G{i + 1}" for i, group in enumerate(graph_of(load(name)).groups)}


@cache
def written(name: str, convention: str = "paper") -> dict[str, list[str]]:
    """Return every layer's MAdds and params as formulas over those cells, H1 and W1."""
    graph = graph_of(load(name))
    cells = {group: Formula(cell) for group, cell in cell_names(name).items()}
    shapes = graph.shapes(Variant(cells, Formula("H1"), Formula("W1")))
    chosen = convention_named(convention)
    layers: dict[str, list[str]] = {"madds": [], "params": []}
    for node in graph.nodes:
        inputs, output = [shapes[source] for source in node.inputs], shapes[node.id]
        terms = node.op.terms(inputs, output)
        layers["madds"].append(str(chosen.madds(node.op, inputs, output, terms) * 1))
        layers["params"].append(str(chosen.params(terms) * 1))
    return layers


@cache
def program(text: str) -> Any:
    assert re.fullmatch(r"[0-9A-Z+\-*/(),<]+", text), text
    return compile(text, text, "eval")


def evaluate(text: str, cells: Mapping[str, int]) -> int:
    """Evaluate a formula: its arithmetic is Python's own, its division that of floats."""
    value = eval(program(text), {"__builtins__": {}}, {**FUNCTIONS, **cells})
    assert value == int(value)
    return int(value)


def cells_of(net: Net) -> dict[str, int]:
    named = cell_names(net.name)
    sizes = {"H1": net.size[0], "W1": net.size[1]}
    return {named[group]: width for group, width in net.variant.widths.items()} | sizes


@pytest.mark.parametrize("name", few(ZOO))
@settings(max_examples=15)
@given(data=st.data())
def test_whole_nets(name: str, data: st.DataObject) -> None:
    net = build(
        name,
        width=data.draw(widths(name)),
        resolution=data.draw(resolutions),
        prune=data.draw(prunes(name)),
    )
    convention = data.draw(st.sampled_from(sorted(CONVENTIONS)))
    table, cells = count(net, convention), cells_of(net)
    for quantity in ("madds", "params"):
        layers = [evaluate(text, cells) for text in written(name, convention)[quantity]]
        assert layers == [getattr(layer, quantity) for layer in table.layers]
        assert sum(layers) == table.totals[quantity]


@pytest.mark.parametrize("name", ["mobilenet_v1", "mobilenet_v2", "mobilenet_v3_large"])
@settings(max_examples=25)
@given(data=st.data())
def test_group_widths(name: str, data: st.DataObject) -> None:
    """Each group's cell reads the cells of the groups that its rule names."""
    graph = graph_of(load(name))
    width = data.draw(st.integers(500, 25_000))
    ratio = data.draw(st.integers(0, 9500))
    cut = {group.name: ratio for group in graph.prunable if type(group.rule).__name__ != "Squeeze"}
    expected = group_widths(graph.groups, graph.rounding, width, cut)
    formulas_ = group_widths(
        graph.groups, graph.rounding, Formula("A1"), dict.fromkeys(cut, Formula("B1"))
    )
    cells = {"A1": width, "B1": ratio}
    found = {group: evaluate(str(text), cells) for group, text in formulas_.items()}
    assert found == expected
    assert SCALE == 10_000


def test_a_spreadsheet_library_agrees() -> None:
    """The library `formulas` agrees with our short evaluator, over one whole net."""
    net = build("mobilenet_v1", width="0.35", resolution="160x96", prune="0.3")
    cells = cells_of(net)
    total = 0
    for text in written("mobilenet_v1")["madds"]:
        total += spreadsheet(text)(cells)
        assert spreadsheet(text)(cells) == evaluate(text, cells)
    assert total == count(net).madds


@cache
def spreadsheet(text: str) -> Callable[[Mapping[str, int]], int]:
    if text.isdecimal():
        return lambda _: int(text)
    compiled = formulas.Parser().ast(f"={text}")[1].compile()
    names = [str(name) for name in compiled.inputs]
    return lambda cells: int(compiled(*[cells[name] for name in names]))
