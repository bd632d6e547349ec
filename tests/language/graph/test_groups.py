"""Channel groups: which rows they tie, and their widths under width multipliers and pruning."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from math import floor, lcm

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from archcalc import ArchcalcError, ShapeError, Spec, SpecError, build, count, load, zoo_names
from archcalc.base.number import SCALE, Formula
from archcalc.language.graph.groups import cut, group_widths
from tests.each import each
from tests.zoo import few

MOBILENETS = [
    "mobilenet_v1",
    "mobilenet_v1_conv",
    "mobilenet_v2",
    "mobilenet_v3_large",
    "mobilenet_v3_small",
]
V3 = ["mobilenet_v3_large", "mobilenet_v3_small"]


@cache
def graph(name):
    return build(name).graph


def widths(name, **variant):
    return build(name, **variant).variant.widths


def calculate(formula: str, **cells) -> int:
    """Evaluate a formula as a spreadsheet would; there INT(a/b) is what // is here."""
    functions = {
        "INT": lambda x: x,
        "MIN": min,
        "MAX": max,
        "IF": lambda condition, yes, no: yes if condition else no,
    }
    return eval(compiled(formula.replace("/", "//")), functions | cells)


@cache
def compiled(text: str):
    return compile(text, "<formula>", "eval")


# -- which groups there are


@each(
    ("name", "prunable"),
    [
        ("mobilenet_v1", 14),
        ("mobilenet_v2", 25),
        ("mobilenet_v3_large", 30),
        ("mobilenet_v3_small", 27),
        ("mobilenet_v1_conv", 14),
        ("vgg16", 15),  # 13 convolutions and two hidden FC layers
        ("googlenet", 3 + 9 * 6),
    ],
)
def test_independent_widths(name, prunable):
    assert len(graph(name).prunable) == prunable


@pytest.mark.parametrize("name", few(zoo_names()))
def test_every_layer_has_channels_of_named_groups(name):
    known = graph(name).group
    for node in graph(name).nodes:
        assert node.channels
        assert all(group in known for group in node.channels)
        assert all(node.row_id in known[group].rows for group in node.channels)
    for group in graph(name).groups:
        assert getattr(group.rule, "of", ()) == tuple(
            name for name in getattr(group.rule, "of", ()) if name in known
        )


@pytest.mark.parametrize("name", few(zoo_names()))
def test_input_and_outputs_are_never_pruned(name):
    net = graph(name)
    outputs = {group for node in net.outputs for group in net.by_id[node].channels}
    sums = {group.name for group in net.groups if type(group.rule).__name__ == "Joined"}
    never = {group.name for group in net.groups if not group.prunable}
    assert never - sums == {*net.input_channels, *outputs} - sums


def test_a_depthwise_layer_and_a_shortcut_tie_what_they_join():
    rows = {group.name: group.rows for group in graph("mobilenet_v2").groups}
    assert rows["conv_1.1"] == ("conv_1", "bottleneck_2")
    # rows 4's three copies keep one width through two additions; row 5 reads it
    assert rows["bottleneck_4.1.project"][0] == "bottleneck_4"
    assert "bottleneck_4.2.project" not in rows
    assert "bottleneck_4.2.expand" in rows


def test_squeeze_and_excite_ties_its_gate_and_not_its_squeeze():
    small = graph("mobilenet_v3_small").group
    squeeze = small["bneck_5.1.depthwise.se.squeeze"]
    assert squeeze.rule.of == ("bneck_5.1.expand",)
    assert "bneck_5.1.depthwise.se.excite" not in small


def test_channels_after_a_concatenation_are_its_parts():
    inception = graph("googlenet")
    cat = next(node for node in inception.nodes if node.row_id == "3a" and node.op.name == "concat")
    assert [inception.group[name].base for name in cat.channels] == [64, 128, 32, 32]


# -- cutting one group

channels = st.integers(1, 4096)
ratios = st.integers(0, SCALE - 1)
multiples = st.integers(1, 64)


@given(channels, ratios, ratios, multiples)
def test_laws_of_cutting(base, ratio, other, multiple):
    kept = cut(base, ratio, multiple)
    assert 1 <= kept <= base
    assert kept % multiple == 0 or kept == base
    assert cut(base, 0, multiple) == base
    less, more = sorted((ratio, other))
    assert cut(base, more, multiple) <= cut(base, less, multiple)


@given(channels, ratios)
def test_with_multiples_of_1_the_exact_share_is_kept(base, ratio):
    assume(ratio)
    exact = base * (1 - Fraction(ratio, SCALE))
    assert cut(base, ratio, 1) == max(1, floor(exact + Fraction(1, 2)))


# -- ints, arrays and formulas


@settings(deadline=None, max_examples=60)
@given(
    name=st.sampled_from(zoo_names()),
    points=st.lists(st.tuples(st.integers(1, 30_000), ratios), min_size=1, max_size=4),
    multiple=st.sampled_from([1, 4, 8]),
)
def test_arrays_and_formulas_give_the_integers(name, points, multiple):
    np = pytest.importorskip("numpy")
    net = graph(name)
    pruned = [group.name for group in net.prunable if type(group.rule).__name__ != "Squeeze"]

    def rule(width, ratio):
        return group_widths(net.groups, net.rounding, width, dict.fromkeys(pruned, ratio), multiple)

    grid = rule(*(np.array(column, dtype=np.int64) for column in zip(*points, strict=True)))
    formulas = rule(Formula("width"), Formula("prune"))
    for index, (width, ratio) in enumerate(points):
        exact = rule(width, ratio)
        shape = (len(points),)
        assert exact == {group: int(np.broadcast_to(grid[group], shape)[index]) for group in exact}
        for group, kept in exact.items():
            assert calculate(str(formulas[group]), width=width, prune=ratio) == kept


# -- width multipliers


@pytest.mark.parametrize("name", few(zoo_names()))
def test_at_width_1_every_width_is_the_printed_one(name):
    assert widths(name) == {group.name: group.base for group in graph(name).groups}


def test_widths_are_exact_decimals():
    # 100 · 0.29 is 28.999999999999996 in floats
    text = (
        "archcalc: 1\nname: exact\ninput: 8x8x3\nrounding: {method: truncate, min: 1}\nrows:\n"
        "- {id: a, op: conv 1x1, out: 100}\n- {id: b, op: conv 1x1, out: 10}\n"
    )
    for width in (0.29, "0.29", "0.2900"):
        assert build(Spec(text), width=width).variant.widths["a.1"] == 29
    assert build(Spec(text), prune=0.71, multiple=1).variant.widths["a.1"] == 29


@given(st.integers(100, 160_000), st.integers(100, 160_000))
def test_widths_grow_with_the_multiplier(width, other):
    narrow, wide = sorted((width, other))
    for name in ("mobilenet_v1", "mobilenet_v2"):
        net = graph(name)
        less = group_widths(net.groups, net.rounding, narrow, {})
        more = group_widths(net.groups, net.rounding, wide, {})
        assert all(less[group] <= more[group] for group in less)


@each("name", MOBILENETS[2:])
def test_rounded_widths_are_multiples_of_8_and_never_lose_a_tenth(name):
    for width in ("0.35", "0.5", "0.75", "1.3", "1.4"):
        for group, kept in widths(name, width=width).items():
            rule = graph(name).group[group].rule
            if type(rule).__name__ == "Scaled":
                exact = rule.base * max(Fraction(width), Fraction(rule.least, SCALE))
                assert kept % 8 == 0
                assert kept >= exact * Fraction(9, 10)


@pytest.mark.parametrize(("name", "head"), [("mobilenet_v2", 1280), ("mobilenet_v3_small", 1024)])
def test_a_head_never_narrows_and_the_classifier_never_changes(name, head):
    *_, last_hidden, classes = graph(name).groups
    assert [widths(name, width=w)[last_hidden.name] for w in (0.35, 1)] == [head, head]
    assert widths(name, width=1.5)[last_hidden.name] == head * 3 // 2
    assert {widths(name, width=w)[classes.name] for w in (0.35, 1, 1.5)} == {1000}


def test_the_head_of_v2_at_1_4():
    assert widths("mobilenet_v2", width=1.4)["conv_9.1"] == 1792


@pytest.mark.parametrize("name", ["vgg16", "googlenet"])
def test_without_rounding_there_is_no_width_multiplier(name):
    with pytest.raises(ArchcalcError, match=f"{name} has no width multiplier"):
        build(name, width=0.5)
    assert build(name, width=1).variant.widths == widths(name)


@each("width", [0, -1, 16.5, "wide", float("nan"), float("inf"), 0.12345])
def test_bad_widths_are_errors(width):
    with pytest.raises(ArchcalcError, match="width"):
        build("mobilenet_v1", width=width)


# -- pruning


@each(("prune", "width"), [(0.25, 0.75), (0.5, 0.5), (0.75, 0.25)])
def test_v1_pruned_uniformly_has_the_widths_of_a_multiplier(prune, width):
    pruned, narrow = build("mobilenet_v1", prune=prune), build("mobilenet_v1", width=width)
    assert pruned.variant == narrow.variant
    assert count(pruned).totals == count(narrow).totals


@pytest.mark.parametrize("name", few(zoo_names()))
def test_pruning_nothing_changes_nothing(name):
    assert widths(name, prune=0) == widths(name, prune={}) == widths(name)


@pytest.mark.parametrize("name", V3)
def test_squeezes_follow_the_cut_group(name):
    kept = widths(name, prune=0.5)
    for group in graph(name).groups:
        if type(group.rule).__name__ == "Squeeze":
            wide = sum(kept[source] for source in group.rule.of)
            rounded = max(8, (2 * (wide // 4) + 8) // 16 * 8)
            assert kept[group.name] - rounded in (0, 8)  # 8 more where a tenth would be lost
            assert kept[group.name] >= wide / 4 * 0.9


def test_a_squeeze_named_itself_is_cut():
    name = "bneck_5.1.depthwise.se.squeeze"
    kept = widths("mobilenet_v3_small", prune={name: 0.5})
    assert kept == widths("mobilenet_v3_small") | {name: 16}  # 12 of 24, halves up to 16


def test_pruning_one_group_leaves_the_others():
    kept = widths("mobilenet_v2", prune={"bottleneck_4.2.expand": 0.5})
    assert kept == widths("mobilenet_v2") | {"bottleneck_4.2.expand": 96}


def test_pruning_a_row_cuts_what_it_makes_first():
    kept = widths("mobilenet_v2", prune={"bottleneck_4": 0.5})
    before = widths("mobilenet_v2")
    changed = {name for name in kept if kept[name] != before[name]}
    assert changed == {name for name in before if name.startswith("bottleneck_4.")}


def test_pruning_a_stage_cuts_its_groups():
    kept, before = widths("mobilenet_v1", prune={"stage_3": 0.5}), widths("mobilenet_v1")
    for group in graph("mobilenet_v1").groups:
        expected = before[group.name] // (2 if group.stage == 3 and group.prunable else 1)
        assert kept[group.name] == expected


def test_the_more_specific_name_wins():
    ratios = {"conv_9.1": 0.75, "stage_3": 0.5}
    for prune in (ratios, dict(reversed(ratios.items()))):
        kept = widths("mobilenet_v1", prune=prune)
        assert kept["conv_9.1"] == 64
        assert kept["conv_11.1"] == 128


@pytest.mark.parametrize("name", few(zoo_names()))
def test_pruned_widths_are_multiples_or_uncut(name):
    before = widths(name)
    for multiple in (1, 8, 32):
        for group, kept in widths(name, prune=0.3, multiple=multiple).items():
            rule, split = graph(name).group[group].rule, graph(name).group[group].split
            assert kept % split == 0
            if type(rule).__name__ not in ("Squeeze", "Joined"):
                assert kept % lcm(multiple, split) == 0 or kept == before[group]
                assert 1 <= kept <= before[group]


@each(
    ("prune", "expected"),
    [
        ({"conv_91.1": 0.5}, "did you mean 'conv_9.1'"),
        ({"stage_99": 0.5}, "stage_99"),
        ({"input": 0.5}, "input"),
        ({"linear_21.1": 0.5}, "linear_21.1"),  # the output
        (1, "below 1"),
        (-0.1, "at least 0"),
        ("half", "must be a number"),
        ({"stage_3": 1.5}, "stage_3"),
        (0.12345, "four places"),
    ],
)
def test_bad_prune_names_and_ratios_are_errors(prune, expected):
    with pytest.raises(ArchcalcError, match=expected):
        build("mobilenet_v1", prune=prune)


@each("multiple", [0, -8, 1.5, True, "8"])
def test_bad_multiples_are_errors(multiple):
    with pytest.raises(ArchcalcError, match="multiple"):
        build("mobilenet_v1", prune=0.5, multiple=multiple)


GROUPED = """\
archcalc: 1
name: grouped
input: 8x8x3
rows:
- {id: a, op: conv 1x1, out: 48}
- {id: b, op: conv 1x1, out: 96, groups: 3}
- {id: c, op: conv 1x1, out: 64}
- {op: conv 1x1, out: 2}
"""


def test_what_a_grouped_convolution_splits_is_cut_to_its_multiples():
    spec = Spec(GROUPED)
    splits = {group.name: group.split for group in build(spec).graph.groups}
    assert splits == {"input": 1, "a.1": 3, "b.1": 3, "c.1": 1, "conv_4.1": 1}
    kept = build(spec, prune=0.4).variant.widths  # 28.8, 57.6 and 38.4 channels
    assert (kept["a.1"], kept["b.1"], kept["c.1"]) == (24, 48, 40)
    assert build(spec, prune=0.4, multiple=1).variant.widths["b.1"] == 57


def test_widths_that_a_grouped_convolution_cannot_split_are_an_error():
    with pytest.raises(ShapeError, match=r"grouped: b\.1\.conv .*: 40 channels .* 3 groups"):
        build(Spec(GROUPED).replace(widths={"a.1": 40}))


JOINED = """\
archcalc: 1
name: joined
input: 8x8x3
rows:
- {id: a, op: conv 1x1, out: 24}
- {id: b, op: conv 1x1, out: 48}
- {id: ab, op: concat, from: [a, b]}
- {id: c, op: conv 1x1, out: 72, from: ab}
- {id: d, op: conv 1x1, out: 72, from: ab}
"""


@each("order", ["[ab, c], [c, d]", "[c, d], [ab, d]", "[c, ab], [ab, d]"])
def test_a_sum_with_a_concatenation_keeps_its_channels_however_it_comes_about(order):
    first, second = (f"[{part.strip('[]')}]" for part in order.split("], "))
    sums = f"- {{id: e, op: add, from: {first}}}\n- {{id: f, op: add, from: {second}}}\n"
    ends = "- {op: channel_shuffle, groups: 3, from: f}\n- {op: conv 1x1, out: 2}\n"
    net = build(Spec(JOINED + sums + ends), prune={"a.1": 0.5, "b.1": 0.5})
    shapes = net.shapes
    # both parts are cut to multiples of 24: the shuffle splits whatever is tied to it
    assert [shapes[name][0] for name in ("a.1.conv", "b.1.conv")] == [24, 24]
    for name in ("ab.1.concat", "c.1.conv", "d.1.conv", "e.1.add", "f.1.add"):
        assert shapes[name][0] == 48


def test_a_sum_that_the_net_returns_keeps_the_parts_of_a_concatenation():
    net = build(Spec(JOINED + "- {id: e, op: add, from: [c, ab]}\n"))
    kept = {group.name: group.prunable for group in net.graph.groups}
    assert not any(kept[name] for name in ("a.1", "b.1", "c.1"))
    assert kept["d.1"]


def test_two_concatenations_of_other_parts_cannot_be_tied_by_what_is_added_to_both():
    other = (
        "- {id: g, op: conv 1x1, out: 36, from: a}\n- {id: h, op: conv 1x1, out: 36, from: a}\n"
        "- {id: gh, op: concat, from: [g, h]}\n- {id: e, op: add, from: [c, ab]}\n"
    )
    with pytest.raises(SpecError, match="concatenations of different parts"):
        build(Spec(JOINED + other + "- {id: f, op: add, from: [gh, c]}\n"))


# -- widths that a spec states


@pytest.mark.parametrize("name", few(zoo_names()))
def test_a_pruned_net_is_the_spec_with_its_widths(name):
    pruned = build(name, prune=0.5)
    stated = {
        group.name: pruned.variant.widths[group.name]
        for group in pruned.graph.prunable
        if type(group.rule).__name__ != "Squeeze"  # follow their rule
    }
    reloaded = build(load(name).replace(widths=stated))
    assert reloaded.variant == pruned.variant
    assert count(reloaded).totals == count(pruned).totals


def test_a_squeeze_that_is_stated_stays():
    spec = load("mobilenet_v3_small")
    squeeze, wide = "bneck_5.1.depthwise.se.squeeze", "bneck_5.1.expand"
    follows = build(spec.replace(widths={wide: 40})).variant.widths
    assert (follows[wide], follows[squeeze]) == (40, 16)  # 10 is 8, less than nine tenths of it
    stays = build(spec.replace(widths={wide: 40, squeeze: 5})).variant.widths
    assert (stays[wide], stays[squeeze]) == (40, 5)


def test_stated_widths_may_be_any_integer():
    stated = {"conv_1.1": 29, "conv_19.1": 1023}
    kept = build(load("mobilenet_v1").replace(widths=stated)).variant.widths
    assert kept == widths("mobilenet_v1") | stated


def test_unknown_widths_are_errors_with_their_line():
    text = load("mobilenet_v1").to_yaml() + "widths:\n  conv_1.1: 24\n  conv_91.1: 8\n"
    with pytest.raises(SpecError, match=r"widths\.conv_91\.1.*did you mean") as caught:
        build(Spec(text))
    assert caught.value.line == len(text.splitlines())
