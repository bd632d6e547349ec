"""Activation bytes and peak memory against a plain simulation of what is alive at each step."""

from __future__ import annotations

from math import prod

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from archcalc import Spec, SpecError, build, count
from archcalc.language.graph.liveness import peak_memory
from tests.each import each
from tests.language.graph.simulation import simulate


def spec_of(rows: list[dict], outputs: list[str] | None = None) -> Spec:
    document = {"archcalc": 1, "name": "dag", "input": "4x4x2", "rows": rows}
    return Spec.from_document(document | ({"outputs": outputs} if outputs else {}))


@st.composite
def dags(draw):
    """Draw a net whose rows read any earlier rows, with one output or several."""
    rows, channels = [], {"input": 2}
    for index in range(draw(st.integers(1, 14))):
        name = f"r{index}"
        source = draw(st.sampled_from(sorted(channels)))
        alike = [other for other in channels if channels[other] == channels[source]]
        kind = draw(st.sampled_from(["conv", "norm", "relu", "dwconv", "maxpool", "add", "concat"]))
        row = {"id": name, "op": kind, "from": source}
        if kind == "conv":
            row |= {"kernel": 1, "out": draw(st.integers(1, 5))}
        elif kind in ("dwconv", "maxpool"):
            row |= {"kernel": 3, "s": 1}
        elif kind == "add":
            row["from"] = [source, draw(st.sampled_from(sorted(alike)))]
        elif kind == "concat":
            row["from"] = [source, draw(st.sampled_from(sorted(channels)))]
        rows.append(row)
        if kind == "conv":
            channels[name] = row["out"]
        elif kind == "concat":
            channels[name] = sum(channels[part] for part in row["from"])
        else:
            channels[name] = channels[source]
    names = [row["id"] for row in rows]
    outputs = draw(st.none() | st.lists(st.sampled_from(names), min_size=1, unique=True))
    return spec_of(rows, outputs)


@settings(deadline=None)
@given(spec=dags(), batch=st.integers(1, 3))
def test_against_the_simulation(spec, batch):
    try:
        net = build(spec)
    except SpecError as error:
        assume("concatenations of different parts" not in str(error))  # a sum of such is refused
        raise
    table = count(net, batch=batch)
    alive, materialised = simulate(net)
    peak = max(alive)
    assert table.peak_memory_bytes == 4 * batch * peak
    assert table.totals["activation_bytes"] == 4 * batch * materialised
    # what runs needs its inputs and its output at one time, unless it works in place
    assert peak >= max(prod(shape) for shape in net.shapes.values())


@each("name", ["mobilenet_v1", "mobilenet_v2", "mobilenet_v3_small", "googlenet"])
def test_zoo_against_the_simulation(name):
    net = build(name)
    alive, materialised = simulate(net)
    peak = max(alive)
    totals = count(net).totals
    assert totals["peak_memory_bytes"] == 4 * peak
    assert totals["activation_bytes"] == 4 * materialised


def materialised(*rows: dict, outputs: list[str] | None = None) -> list[str]:
    """Return the rows of 32 elements whose output lies in memory of its own."""
    table = count(build(spec_of(list(rows), outputs)))
    return [layer.node.row_id for layer in table.layers if layer.activation_bytes]


CONV = {"id": "a", "op": "conv 1x1", "out": 2}


def test_norm_and_activation_work_in_place():
    assert materialised(CONV, {"id": "n", "op": "norm"}, {"id": "r", "op": "relu"}) == ["a"]


def test_the_input_is_never_overwritten():
    assert materialised({"id": "r", "op": "relu"}, {"id": "s", "op": "relu"}) == ["r"]


def test_what_another_layer_still_reads_is_not_overwritten():
    rows = [CONV, {"id": "r", "op": "relu"}, {"id": "s", "from": ["a", "r"], "op": "add"}]
    assert materialised(*rows) == ["a", "r", "s"]


def test_an_output_of_the_net_is_not_overwritten():
    assert materialised(CONV, {"id": "r", "op": "relu"}, outputs=["a", "r"]) == ["a", "r"]


def test_other_layers_are_not_in_place():
    rows = [CONV, {"id": "d", "op": "dwconv 3x3"}, {"id": "s", "op": "softmax"}]
    assert materialised(*rows) == ["a", "d", "s"]


def test_a_shortcut_is_held_until_it_is_added():
    rows = [
        {"id": "a", "op": "conv 1x1", "out": 1},
        {"id": "b", "op": "conv 1x1", "out": 7},
        {"id": "c", "op": "conv 1x1", "out": 1},
    ]
    chain = count(build(spec_of(rows)))
    held = count(build(spec_of([*rows, {"id": "s", "from": ["a", "c"], "op": "add"}])))
    # at its widest: the chain holds b and c; with the shortcut a is there too
    assert chain.peak_memory_bytes == 4 * 16 * (1 + 7)
    assert held.peak_memory_bytes == 4 * 16 * (1 + 7 + 1)


def test_a_concatenation_needs_its_parts_and_itself():
    rows = [
        {"id": "a", "op": "conv 1x1", "out": 3},
        {"id": "b", "from": "input", "op": "conv 1x1", "out": 5},
        {"id": "c", "from": ["a", "b"], "op": "concat"},
    ]
    assert count(build(spec_of(rows))).peak_memory_bytes == 4 * 16 * (3 + 5 + 8)


def test_peak_memory_takes_arrays():
    np = pytest.importorskip("numpy")
    nets = [build("mobilenet_v2", width=width) for width in (0.35, 1, 1.4)]
    graph = nets[0].graph
    sizes = {name: np.array([prod(net.shapes[name]) for net in nets]) for name in nets[0].shapes}
    expected = [count(net, dtype="int8").peak_memory_bytes for net in nets]
    assert peak_memory(graph, sizes).tolist() == expected
