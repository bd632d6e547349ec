"""A spec written back to YAML loads to an equal spec and builds the same net."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archcalc import Spec, build, check, count, load, zoo_names
from archcalc.language.spec.problems import Problems
from tests.each import each
from tests.zoo import few


def again(spec: Spec) -> Spec:
    return Spec(spec.to_yaml(), spec.file, spec.params_given)


def assert_same_net(spec: Spec, other: Spec) -> None:
    ours, theirs = build(spec), build(other)
    assert ours.graph.nodes == theirs.graph.nodes
    assert ours.graph.groups == theirs.graph.groups
    assert ours.graph == theirs.graph
    assert ours.graph.errata == theirs.graph.errata
    assert ours.variant == theirs.variant
    assert count(ours).totals == count(theirs).totals


@pytest.mark.parametrize("name", few(zoo_names()))
def test_the_zoo_reads_as_it_is_written(name):
    spec = load(name)
    written = again(spec)
    assert written == spec
    assert hash(written) == hash(spec)
    assert written.to_yaml() == spec.to_yaml()
    assert_same_net(spec, written)
    assert written.claims == spec.claims
    assert check(written) == check(spec)
    assert (written.title, written.paper) == (spec.title, spec.paper)


@pytest.mark.parametrize("name", few(zoo_names()))
def test_printed_cells_survive(name):
    def printed(spec):
        rows = spec.expanded(Problems(spec.file), spec.params)
        return [(i.row_id, i.line.printed, i.line.note) for i in rows.instances]

    spec = load(name)
    assert printed(again(spec)) == printed(spec)


@pytest.mark.parametrize("name", few(zoo_names()))
def test_a_pruned_net_reads_as_it_is_written(name):
    pruned = build(name, prune=0.5)
    stated = {group.name: pruned.variant.widths[group.name] for group in pruned.graph.prunable}
    spec = load(name).replace(widths=stated)
    written = again(spec)
    assert written == spec
    assert written != load(name)
    assert_same_net(spec, written)
    assert build(written).variant == pruned.variant


@settings(deadline=None, max_examples=25)
@given(st.data(), st.sampled_from(zoo_names()))
def test_any_widths_read_as_they_are_written(data, name):
    # what grouped convolutions split must stay divisible, or there is no such net
    splits = {group.name: group.split for group in build(name).graph.prunable}
    drawn = st.dictionaries(st.sampled_from(list(splits)), st.integers(1, 2**16), min_size=1)
    stated = {group: width * splits[group] for group, width in data.draw(drawn).items()}
    spec = load(name).replace(widths=stated)
    assert again(spec) == spec
    kept = build(again(spec)).variant.widths
    assert {group: kept[group] for group in stated} == stated


@pytest.mark.parametrize(("name", "param"), [("mobilenet_v1", "classes"), ("mobilenet_v2", "k")])
def test_parameters_stay_beside_the_document(name, param):
    spec = load(name).with_params(**{param: 10})
    written = again(spec)
    assert written == spec
    assert written != load(name)
    assert spec.to_yaml() == load(name).to_yaml()
    assert_same_net(spec, written)
    *_, output = build(written).shapes.values()
    assert output[0] == 10


def test_the_order_of_keys_is_no_difference():
    spec = load("mobilenet_v2")
    turned = Spec.from_document(dict(reversed(spec.document.items())))
    assert turned == spec
    assert_same_net(spec, turned)


@each(
    "change",
    [
        {"name": "another"},
        {"input": "192x192x3"},
        {"rounding": {"method": "truncate", "min": 8}},
        {"claims": []},
    ],
)
def test_any_other_difference_is_one(change):
    spec = load("mobilenet_v2")
    assert Spec.from_document({**spec.document, **change}) != spec


def test_every_net_has_a_title_and_a_paper():
    for name in zoo_names():
        spec = load(name)
        assert spec.name == name
        assert spec.head.title
        assert spec.paper.arxiv
        assert spec.paper.table
