"""Equivalents: every figure by the scalar count, and no other choice is nearer."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archcalc import ArchcalcError, Spec, build, count, equivalent, load, zoo_names
from archcalc.cost.scaling.grid import QUANTITIES
from archcalc.studies.budgets.equivalents import EquivalentTable
from tests.cost.scaling.impossible import VALID
from tests.each import each

ASKED = [
    ("mobilenet_v2", {"resolution": 160}, "madds"),
    ("mobilenet_v1", {"width": "0.75"}, "madds"),
    ("mobilenet_v2", {"prune": "0.5"}, "params"),
    ("mobilenet_v3_large", {"width": "0.75", "resolution": 192, "prune": "0.25"}, "madds"),
    ("mobilenet_v2", {"resolution": 320}, "peak_memory_bytes"),
    ("mobilenet_v1", {"prune": {"stage_2": "0.5"}}, "activation_bytes"),
]
EACH_TIME = (0, 2, 5)
CASES = [
    pytest.param(*case, marks=[] if index in EACH_TIME else pytest.mark.slow)
    for index, case in enumerate(ASKED)
]
"""As pytest takes them: one of each choice each time, the others as slow tests."""

Case = tuple[str, Any, str]


def answered(case: Case) -> EquivalentTable:
    """Return what is equivalent to a case of `ASKED`; it is looked for once."""
    return _answered(ASKED.index(case))


@cache
def _answered(index: int) -> EquivalentTable:
    model, asked, by = ASKED[index]
    return equivalent(model, by=by, **asked)


def totals(model: str, record: dict[str, Any]) -> dict[str, Any]:
    net = build(
        model, width=record["width"], resolution=record["resolution"], prune=record["prune"]
    )
    return count(net).totals


@pytest.mark.parametrize(("model", "asked", "by"), CASES)
def test_every_answer_equals_count(model: str, asked: Any, by: str) -> None:
    found = answered((model, asked, by))
    own = count(build(model, **asked)).totals
    assert [found.asked[name] for name in QUANTITIES] == [own[name] for name in QUANTITIES]
    assert found.answers
    for record in found.answers:
        alone = totals(record["model"], record)
        for name in QUANTITIES:
            assert record[name] == alone[name]
            percent = 100 * (alone[name] - own[name]) / own[name]
            assert record[f"{name}_percent"] == pytest.approx(percent, abs=1e-4)
        if record["answer"] != "net":
            assert record["model"] == model
        if "not above" in record["match"]:
            assert record[by] <= own[by]
    assert len({tuple(record) for record in found.records()}) == 1


@pytest.mark.parametrize(("model", "asked", "by"), CASES)
def test_one_thing_is_changed(model: str, asked: Any, by: str) -> None:
    printed = {"width": 1.0, "resolution": 224, "prune": 0.0}
    found = answered((model, asked, by))
    answers = [record for record in found.answers if record["answer"] != "net"]
    for record in answers:
        for name, value in printed.items():
            assert record["answer"] == name or record[name] == value
    kinds = {record["answer"] for record in answers}
    # what is asked about alone is no answer to itself, but a part of it may be
    alone = set(asked) if len(asked) == 1 else set()
    if by == "params":
        alone.add("resolution")  # no resolution changes them: that is said, and no answer
    # nor is the net as printed, which no pruning makes larger: that is said too
    alone |= {note.split(":")[0] for note in found.notes() if note.endswith(": left out")}
    if not isinstance(asked.get("prune"), dict):
        assert kinds == printed.keys() - alone


@settings(max_examples=20)
@given(st.sampled_from([ASKED[index] for index in EACH_TIME]), st.data())
def test_no_other_value_is_nearer(case: Case, data: st.DataObject) -> None:
    model, asked, by = case
    found = answered(case).answers
    name = data.draw(st.sampled_from(sorted({r["answer"] for r in found} - {"net"})))
    value = {
        "width": st.integers(1, 20_000).map(lambda i: f"{i / 10_000:.4f}"),
        "resolution": st.integers(1, 448),
        "prune": st.integers(0, 9_999).map(lambda i: f"{i / 10_000:.4f}"),
    }[name]
    target = count(build(model, **asked)).totals[by]
    other = count(build(model, **{name: data.draw(value)})).totals[by]
    nearest, *rest = [record for record in found if record["answer"] == name]
    assert nearest["match"].startswith("nearest")
    assert abs(other - target) >= abs(nearest[by] - target)
    below = [record for record in (nearest, *rest) if "not above" in record["match"]]
    assert other > target or other <= below[0][by]


@pytest.mark.parametrize(("model", "asked", "by"), CASES)
def test_all_values_of_the_same_cost(model: str, asked: Any, by: str) -> None:
    for record in answered((model, asked, by)).answers:
        if " to " not in record["same"]:
            continue
        name = record["answer"]
        first, last = (text for text in record["same"].split(" to "))
        step = 1 if name == "resolution" else 0.0001
        ends = [float(first), float(last)]
        assert ends[0] <= record[name] <= ends[1]
        for value, same in [
            (ends[0], True), (ends[1], True), (ends[0] - step, False), (ends[1] + step, False),
        ]:  # fmt: skip
            if value < 0 or (value == 0 and name != "prune"):
                continue
            text = int(value) if name == "resolution" else f"{value:.4f}"
            cost = count(build(model, **{name: text})).totals[by]
            assert (cost == record[by]) == same


def test_the_nearest_other_net_is_a_published_variant() -> None:
    found = answered(ASKED[0])  # resolution 160
    target = found.asked["madds"]
    nets = [record for record in found.answers if record["answer"] == "net"]
    claimed = {
        (spec.name, claim.width, claim.resolution or spec.input[1])
        for spec in map(load, (name for name in zoo_names() if name != "mobilenet_v2"))
        for claim in spec.claims
        if claim.top1 and not claim.row and not claim.set
    }
    for record in nets:
        assert (record["model"], record["width"], record["resolution"]) in claimed
        others = [one for one in claimed if one[0] == record["model"]]
        assert abs(record["madds"] - target) == min(
            abs(count(build(name, width=width, resolution=side)).madds - target)
            for name, width, side in others
        )
    off = [abs(record["madds_percent"]) for record in nets]
    assert off == sorted(off)
    assert max(off) <= 25


def test_what_cannot_be_reached_is_said() -> None:
    # pruning makes no net larger: the nearest is the net as printed, which is no answer
    wide = equivalent("mobilenet_v2", width=3)
    assert "prune" not in {record["answer"] for record in wide.answers}
    assert "prune: no value comes near to equal MAdds" in wide.notes()
    printed, asked = (count(build("mobilenet_v2", width=width)).madds for width in (1, 3))
    off = f"{100 * (printed - asked) / asked:+.1f}%"
    said = f"prune: nearest, not above is the net as printed, {off}: left out"
    assert said in wide.notes()
    params = equivalent("mobilenet_v2", width="0.5", by="params")
    assert "resolution: does not change parameters" in params.notes()
    tiny = equivalent(Spec(TINY))
    assert tiny.answers == ()
    assert any(note.startswith("net: no other of the zoo") for note in tiny.notes())


TINY = """\
archcalc: 1
name: tiny
input: 8x6x3
rows:
- {op: conv2d 3x3, out: 16}
- {op: conv2d 1x1, out: 4}
"""


def test_a_net_without_width_and_square_input() -> None:
    found = equivalent(Spec(TINY), resolution="4x6", nets=0)
    assert {record["answer"] for record in found.answers} == {"prune"}
    assert "pruned" not in found.title
    notes = found.notes()
    assert "width: no answer: tiny has no width multiplier" in notes
    assert any(note.startswith("resolution: no answer: the input of tiny is 8x6") for note in notes)


def test_an_answer_that_would_be_the_variant_itself_is_said() -> None:
    for name, value in (("width", "0.5"), ("resolution", 160), ("prune", "0.25")):
        notes = equivalent("mobilenet_v1", nets=0, **{name: value}).notes()
        (said,) = [note for note in notes if "variant itself" in note]
        assert said.startswith(f"{name}: ")


def test_the_net_as_printed_is_an_answer_where_it_is_near() -> None:
    # this costs what the printed net costs, or nearly so
    found = equivalent("mobilenet_v1", width="1", resolution="223x224", nets=0)
    assert {record["match"] for record in found.answers if record["answer"] == "prune"}
    assert not any("left out" in note for note in found.notes())


def test_the_roundest_of_equal_values() -> None:
    sides = {
        record["resolution"]
        for record in equivalent("mobilenet_v2", width="0.75", resolution=160, nets=0).answers
        if record["answer"] == "resolution"
    }
    assert sides == {128}  # 127 costs the same
    for case in (ASKED[index] for index in EACH_TIME):
        for record in answered(case).answers:
            if " to " not in record["same"] or record["answer"] == "net":
                continue
            first, last = record["same"].split(" to ")
            if record["answer"] == "resolution":
                alike = [side for side in range(int(first), int(last) + 1) if side % 32 == 0]
                assert not alike or record["resolution"] % 32 == 0
            elif float(first) <= 0.5 <= float(last):
                assert record[record["answer"]] == 0.5


def test_only_what_is_left_out_is_width_1() -> None:
    for nothing in (0, "", "0"):
        with pytest.raises(ArchcalcError, match="width"):
            equivalent("mobilenet_v2", width=nothing)
    given_none = equivalent("mobilenet_v1", width=None, resolution=160, nets=0)
    assert given_none == equivalent("mobilenet_v1", width=1, resolution=160, nets=0)


def test_a_resolution_is_never_too_small_for_the_net() -> None:
    found = equivalent(Spec(VALID), width="0.01", nets=0)
    (side,) = [r["resolution"] for r in found.answers if r["match"] == "nearest"]
    assert side >= 5


@each(
    ("options", "words"),
    [({"by": "flops"}, "unknown cost 'flops'"), ({"nets": -1}, "nets: an integer"),
     ({"width": "17"}, "width: a multiplier"), ({"convention": "papers"}, "unknown convention")],
)  # fmt: skip
def test_bad_options(options: dict[str, Any], words: str) -> None:
    with pytest.raises(ArchcalcError, match=words):
        equivalent("mobilenet_v2", **options)
