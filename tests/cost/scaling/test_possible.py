"""Impossible variants: those that `build` rejects, left out of answers with a note."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archcalc import ArchcalcError, ShapeError, Spec, build, equivalent, load
from archcalc.cost.scaling.possible import possible_sides, possible_widths
from tests.cost.scaling.impossible import GROUPED, ODD, VALID

MODELS = ["googlenet", "mobilenet_v3_small", "vgg16", "yolov2"]


def can_have(spec: Spec, **choice: object) -> bool:
    try:
        build(spec, **choice)
    except ShapeError:
        return False
    return True


@pytest.mark.parametrize("spec", [Spec(ODD), Spec(VALID), *map(load, MODELS)], ids=str)
def test_sides_are_possible_where_a_net_can_be_built(spec: Spec) -> None:
    sides = [(side, side) for side in range(1, 41)] + [(8, 9), (9, 8), (64, 1), (40, 66)]
    fine = possible_sides(spec, sides).tolist()
    assert fine == [can_have(spec, resolution=side) for side in sides]


@settings(max_examples=20)
@given(
    st.lists(st.integers(1, 30_000), min_size=1, max_size=8),
    st.lists(st.integers(0, 9_999), min_size=1, max_size=4),
    st.sampled_from([1, 2, 8]),
)
def test_widths_are_possible_where_a_net_can_be_built(
    widths: list[int], prunes: list[int], multiple: int
) -> None:
    spec = Spec(GROUPED)
    texts = [f"{width / 10_000:.4f}" for width in widths]
    shares = [f"{share / 10_000:.4f}" for share in prunes]
    cuts = [*shares, {"stage_1": shares[0]}]
    fine = possible_widths(spec, texts, cuts, multiple).tolist()
    assert fine == [
        [can_have(spec, width=width, prune=cut, multiple=multiple) for cut in cuts]
        for width in texts
    ]


def test_bad_values_stay_errors() -> None:
    for widths, prunes, multiple in ((["x"], [0], 8), (["1"], ["2"], 8), (["1"], [0], 0)):
        with pytest.raises(ArchcalcError):
            possible_widths(Spec(GROUPED), widths, prunes, multiple)


def test_equivalents_of_a_net_that_has_even_sides_alone() -> None:
    found = equivalent(Spec(ODD), width=2, nets=0)
    sides = [r["resolution"] for r in found.answers if r["answer"] == "resolution"]
    assert sides
    assert all(can_have(Spec(ODD), resolution=side) for side in sides)
    (said,) = [note for note in found.notes() if "are left out" in note]
    assert said.startswith("resolution: ")
    with pytest.raises(ShapeError) as caught:
        build(Spec(ODD), resolution=int(said.split("at ")[1].split(",")[0]))
    assert said.endswith(str(caught.value).removeprefix("odd: "))


@pytest.mark.parametrize("multiple", [1, 8])
def test_equivalents_of_a_net_with_groups(multiple: int) -> None:
    spec = Spec(GROUPED)
    found = equivalent(spec, resolution=24, multiple=multiple, nets=0)
    kinds = {record["answer"] for record in found.answers}
    assert kinds == {"width", "prune"}
    for record in found.answers:
        choice = {name: record[name] for name in ("width", "resolution", "prune")}
        assert can_have(spec, multiple=multiple, **choice)
    said = {note.split(":")[0] for note in found.notes() if "are left out" in note}
    # pruning keeps what grouped layers split divisible, whatever the multiple
    assert said == {"width"}
