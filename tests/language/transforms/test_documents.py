"""What transforms leave of a document, how they compose, and what they refuse."""

from __future__ import annotations

import pickle
from itertools import permutations
from typing import Any

import pytest

from archcalc import ArchcalcError, Spec, UnknownName, build, count, load, transform
from archcalc.language.transforms import TRANSFORMS, parse_sets
from tests.cost.scaling.drawn import SETS, ZOO
from tests.each import each
from tests.zoo import PAIR, few

EVERY = [(name, sets) for name in ZOO for sets in SETS[name] if sets]


def test_the_transforms() -> None:
    assert sorted(TRANSFORMS) == [
        "act", "bottleneck", "conv", "h_swish", "head", "kernel", "residual", "se", "t",
    ]  # fmt: skip
    for name, kind in TRANSFORMS.items():
        assert kind.name == name
        assert kind.about
        assert kind.values


def printed(spec: Spec) -> list[Any]:
    """Return the cells of every row, without its mapping."""
    rows = [row for row in spec.document["rows"] if isinstance(row, list)]
    return [[cell for cell in row if not isinstance(cell, dict)] for row in rows]


@each(("name", "sets"), EVERY)
def test_printed_cells_stay_visible(name: str, sets: str) -> None:
    before, after = load(name), transform(load(name), sets)
    rows = iter(printed(before))
    assert all(row in rows for row in printed(after))  # in their order
    # a classifier and the second half of a separable convolution may go, and nothing else
    if "head" not in sets and "conv=full" not in sets:
        assert len(after.document["rows"]) == len(before.document["rows"])
    for part in ("columns", "input", "rounding", "paper"):
        assert after.document.get(part) == before.document.get(part)


@pytest.mark.parametrize("name", few(ZOO, of=PAIR))
def test_a_transformed_spec_reads_as_it_is_written(name: str) -> None:
    for sets in filter(None, SETS[name]):
        spec = transform(load(name), sets)
        written = Spec(spec.to_yaml(), spec.file)
        assert written == spec
        assert written.to_yaml() == spec.to_yaml()
        assert build(written).graph == build(spec).graph
        assert count(build(written)).totals == count(build(spec)).totals


@each(("name", "sets"), EVERY)
def test_the_spec_that_is_changed_stays_as_it_was(name: str, sets: str) -> None:
    spec = load(name)
    text = spec.to_yaml()
    changed = transform(spec, sets)
    assert spec.to_yaml() == text
    assert changed != spec
    assert spec.sets == ()


def test_claims_are_of_the_printed_net() -> None:
    assert load("mobilenet_v2").claims
    assert transform(load("mobilenet_v2"), "act=relu").claims == []


@pytest.mark.parametrize("name", few(["mobilenet_v2", "mobilenet_v3_small"]))
def test_transforms_compose(name: str) -> None:
    """One call, several calls, any order: one net."""
    steps = ["act=relu", "se=on", "kernel=5", "head=classes:10"]
    first = wiring(transform(load(name), steps))
    for order in permutations(steps):
        together = transform(load(name), order)
        one_by_one = load(name)
        for step in order:
            one_by_one = transform(one_by_one, step)
        assert together == one_by_one
        assert together.caption == one_by_one.caption == ", ".join(order)
        assert wiring(together) == first


@each("sets", ["act=relu", "se=on", "kernel=5", "head=classes:10"])
def test_twice_is_once(sets: str) -> None:
    once = transform(load("mobilenet_v3_large"), sets)
    twice = transform(once, sets)
    assert wiring(twice) == wiring(once)


def test_nothing_is_left_to_switch_off() -> None:
    off = transform(load("mobilenet_v3_large"), "se=off")
    with pytest.raises(ArchcalcError, match="no row of the net can change"):
        transform(off, "se=off")


def wiring(spec: Spec) -> list[Any]:
    return [(n.id, n.op, n.inputs, n.channels) for n in build(spec).graph.nodes]


def test_on_after_off_is_on() -> None:
    on = transform(load("mobilenet_v3_large"), "se=on")
    off_on = transform(transform(load("mobilenet_v3_large"), "se=off"), "se=on")
    assert count(build(off_on)).totals == count(build(on)).totals


def test_no_transform_is_the_spec_itself() -> None:
    spec = load("mobilenet_v1")
    for nothing in ("", [], {}, [""], " , "):
        assert transform(spec, nothing) is spec


@each(
    "sets",
    [
        "act=relu,se=off", " act=relu , se=off ", ["act=relu", "se=off"],
        {"act": "relu", "se": "off"}, ("act=relu", "", "se=off"),
    ],
)  # fmt: skip
def test_forms_of_sets(sets: Any) -> None:
    assert parse_sets(sets) == {"act": "relu", "se": "off"}


def test_the_title_names_the_transforms() -> None:
    net = build(transform(load("mobilenet_v2"), "act=relu,kernel=5"), width=0.5)
    assert net.title == "mobilenet_v2+act=relu+kernel=5@0.5"
    assert net.spec.with_params(k=10).sets == (("act", "relu"), ("kernel", "5"))


@each(
    ("name", "sets", "message"),
    [
        ("mobilenet_v2", "kernels=3", "unknown transform 'kernels'; did you mean 'kernel'"),
        ("mobilenet_v2", "act", "NAME=VALUE such as act=relu, not 'act'"),
        ("mobilenet_v2", "act=", "NAME=VALUE such as act=relu"),
        ("mobilenet_v2", "act=relu,act=relu6", "'act' is given twice"),
        ("mobilenet_v2", "act=gelu9", "mobilenet_v2: set act=gelu9: an activation, one of relu"),
        ("mobilenet_v2", "act=none", "an activation, one of"),
        ("mobilenet_v2", "se=maybe", "mobilenet_v2: set se=maybe: expected on or off"),
        ("mobilenet_v2", "se=off", "no row of the net can change"),
        ("vgg16", "se=off", "no row of the net can change"),
        ("vgg16", "kernel=5", "the net has no depthwise convolution"),
        ("mobilenet_v1", "kernel=0", "kernel sides from 1 to 255"),
        ("mobilenet_v1", "kernel=256", "kernel sides from 1 to 255"),
        ("mobilenet_v1", "kernel=big", "a kernel such as 3 or 3x3"),
        ("mobilenet_v1", "head=10", "expected one of classes:N"),
        ("mobilenet_v1", "head=classes", "expected one of classes:N"),
        ("mobilenet_v1", "head=classes:0", "expected one of classes:N"),
        ("mobilenet_v1", "head=classes:x", "expected one of classes:N"),
        ("mobilenet_v1", f"head=classes:{10**30}", "expected one of classes:N"),
    ],
)
def test_what_is_refused(name: str, sets: str, message: str) -> None:
    with pytest.raises(ArchcalcError) as told:
        transform(load(name), sets)
    assert message in str(told.value)
    assert "\n" not in str(told.value)
    assert isinstance(told.value, UnknownName) == ("unknown" in message)


def test_a_net_without_a_classifier(tmp_path: Any) -> None:
    path = tmp_path / "features.yaml"
    path.write_text(
        "archcalc: 1\nname: features\ninput: 8x8x3\nrows:\n"
        "- {id: a, op: conv2d, kernel: 3, out: 8}\n- {op: maxpool, kernel: 2, stride: 2}\n"
    )
    with pytest.raises(ArchcalcError, match="no classifier at the net's end"):
        transform(load(path), "head=classes:10")
    path.write_text(path.read_text() + "outputs: [a]\n")
    with pytest.raises(ArchcalcError, match="several outputs"):
        transform(load(path), "head=classes:10")


def test_a_spec_is_never_changed_in_place() -> None:
    spec = transform(load("mobilenet_v2"), "act=relu")
    for name in ("sets", "asserted", "params_given", "document", "head"):
        with pytest.raises(AttributeError):
            setattr(spec, name, None)
    again = pickle.loads(pickle.dumps(spec.with_params(k=10)))
    assert (again.sets, again.params, again) == (spec.sets, {"k": 10}, spec.with_params(k=10))
    assert again.as_filed == spec
