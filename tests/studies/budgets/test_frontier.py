"""The result of a search: ranking, notes, measurements, impossible variants."""

from __future__ import annotations

import math
from itertools import product
from typing import Any

import pytest

from archcalc import ArchcalcError, Budget, Spec, build, count, load, search, transform
from archcalc.base.errors import BudgetExceeded, ShapeError
from archcalc.studies.budgets.accuracy import family
from archcalc.studies.budgets.frontier import name_of
from tests.cost.scaling.impossible import GROUPED, ODD
from tests.studies.budgets.by_loop import counted, key


def test_a_net_with_too_few_figures_ranks_by_madds() -> None:
    found = search("mobilenet_v3_large", Budget(madds=160_000_000))
    assert found.ranked_by == "madds"
    assert found.best["madds"] == max(
        one["madds"] for one in counted("mobilenet_v3_large") if one["madds"] <= 160_000_000
    )
    said = " ".join(found.notes())
    assert "ranked by MAdds" in said
    assert "best published that fits: mobilenet_v3_large@0.75-224, 73.3%" in said
    assert all(r["basis"] in ("published", None) for r in found.records())


def test_unknown_accuracies_stand_last_by_madds() -> None:
    found = search(["mobilenet_v2", "mobilenet_v3_small"], Budget(madds=60_000_000))
    known = [record["top1"] is not None for record in found.records()]
    assert known == sorted(known, reverse=True)
    rest = [record["madds"] for record in found.records() if record["top1"] is None]
    assert rest == sorted(rest, reverse=True)
    # a published figure of a net without an interpolation ranks with the others
    assert found.best["model"] == "mobilenet_v3_small"
    assert (found.best["top1"], found.best["basis"]) == (67.4, "published")
    assert f"{len(rest)} of unknown accuracy" in " ".join(found.notes())


def test_pruned_and_changed_nets_have_no_accuracy() -> None:
    found = search(
        "mobilenet_v2", Budget(), prunes=["0", "0.5", {"stage_2": "0"}], sets=["", "se=on"]
    )
    assert found.considered == 120 * 3 * 2
    for record in found.records():
        cut = record["prune"] == 0.5
        assert (record["basis"] is None) == (cut or record["set"] == "se=on")
        if cut and record["rank"] % 40 == 0:
            spec = transform(load("mobilenet_v2"), record["set"])
            net = build(spec, width=record["width"], resolution=record["resolution"], prune="0.5")
            assert count(net).params == record["params"]


def test_the_error_of_the_interpolation_is_printed() -> None:
    found = search("mobilenet_v1", Budget())
    fit = family(load("mobilenet_v1")).fit
    assert fit is not None
    (line,) = [note for note in found.notes() if note.startswith("accuracy of")]
    assert f"{fit.mean_error:.2f} points on average" in line
    assert f"{fit.worst_error:.2f} at worst" in line
    (told,) = found.to_dict()["accuracy"]
    assert told["loo_mean_error"] == pytest.approx(fit.mean_error, abs=1e-4)
    assert told["published"] == 16


def test_a_net_without_a_width_multiplier() -> None:
    found = search(["vgg16", "mobilenet_v1"], Budget(), widths=["0.5", "0.75"])
    assert {r["width"] for r in found.records() if r["model"] == "vgg16"} == {1.0}
    assert "vgg16 has no width multiplier: it takes part at width 1" in found.notes()
    for model in ("vgg16", "mobilenet_v1"):
        with pytest.raises(ArchcalcError, match="width must be a number"):
            search(model, Budget(), widths=["wide"])


VALID = """\
archcalc: 1
name: valid
input: 160x160x3
rounding: {method: divisible}
rows:
- {op: conv2d 5x5, out: 8, stride: 32, pad: valid}
- {op: maxpool 4x4, stride: 4, pad: valid}
"""


def test_resolutions_that_a_net_cannot_have_are_left_out() -> None:
    found = search(Spec(VALID), Budget())
    assert {record["resolution"] for record in found.records()} == {128, 160, 192, 224}
    assert "valid: no such net at 96 pixels: a map does not fit" in found.notes()
    with pytest.raises(ArchcalcError, match="nothing to search"):
        search(Spec(VALID), Budget(), resolutions=[64])
    with pytest.raises(ArchcalcError, match="nothing to search"):
        search([], Budget())


@pytest.mark.parametrize("prunes", [["0"], ["0", "0.3", "0.5"]])
def test_widths_that_a_net_cannot_have_are_left_out(prunes: list[str]) -> None:
    spec, widths = Spec(GROUPED), ["0.25", "0.3", "0.45", "0.5", "0.75", "1", "1.25", "1.3"]
    possible = set()
    for width, prune in product(widths, prunes):
        try:
            build(spec, width=width, prune=prune, multiple=1)
            possible.add((float(width), float(prune)))
        except ShapeError:
            continue
    assert 0 < len(possible) < len(widths) * len(prunes)
    found = search(spec, Budget(), widths=widths, prunes=prunes, resolutions=[31, 32], multiple=1)
    assert {(r["width"], r["prune"]) for r in found.records()} == possible
    assert found.considered == len(found) == 2 * len(possible)
    (said,) = [note for note in found.notes() if "no such net" in note]
    assert said.startswith("grouped: no such net at width 0.")
    assert "groups do not divide" in said
    with pytest.raises(ArchcalcError, match=r"nothing to search: .* at width 0\.3, 0\.45"):
        search(spec, Budget(), widths="0.3,0.45")


def test_sides_between_possible_ones_are_left_out() -> None:
    found = search(Spec(ODD), Budget(), resolutions=[33, "35x34", 34, (36, 32)])
    assert {record["resolution"] for record in found.records()} == {34, "36x32"}
    assert "odd: no such net at 33, 35x34 pixels: a map does not fit" in found.notes()


def test_sets_that_make_one_net_count_once() -> None:
    one = search("mobilenet_v3_small", Budget(), sets=["act=relu"])
    twice = search("mobilenet_v3_small", Budget(), sets=["act=relu", "act=relu"])
    assert twice.to_dict() == one.to_dict()
    spelled = search(
        "mobilenet_v1",
        Budget(),
        sets=["act=HS,kernel=5", "kernel=5x5,act=hard_swish", "act=relu6", ""],
    )
    sets = {record["set"] for record in spelled.records()}
    assert sets == {"act=HS, kernel=5", "act=relu6", ""}
    assert spelled.considered == 3 * search("mobilenet_v1", Budget()).considered
    assert any("is the same net as act=HS, kernel=5" in note for note in spelled.notes())


def test_resolutions_in_any_form() -> None:
    sides = [224, "160", (192, 160), "96x128"]
    records = search("mobilenet_v2", Budget(), resolutions=sides, widths="1").records()
    assert {str(record["resolution"]) for record in records} == {"224", "160", "192x160", "96x128"}
    assert {r["basis"] for r in records if "x" in str(r["resolution"])} == {"extrapolated"}


def test_the_own_resolution_is_part_of_the_default_set() -> None:
    own = Spec(VALID.replace("160x160", "300x200"))
    assert "300x200" in {record["resolution"] for record in search(own, Budget()).records()}


def test_nothing_fits() -> None:
    found = search("mobilenet_v2", Budget(madds=5_000_000, params=10**9))
    least = min(counted("mobilenet_v2"), key=lambda one: one["madds"])
    with pytest.raises(BudgetExceeded) as caught:
        found.best  # noqa: B018 - looking is what raises
    assert "none of 120 variants fits at most 5M MAdds" in str(caught.value)
    assert f"the least are {least['madds']:,} MAdds (mobilenet_v2@0.25-96)" in str(caught.value)
    assert "params" not in str(caught.value).split(":")[1]
    assert found.to_dict()["best"] is None
    assert (len(found), found.front, found.records()) == (0, [], [])
    for look in (lambda: found.best_net, lambda: found.nearest(build("mobilenet_v2"))):
        with pytest.raises(BudgetExceeded):
            look()


def test_each_limit_is_met_by_some_and_all_by_none() -> None:
    # V1 has fewer parameters at this width, V3-Small fewer MAdds
    few, little = (
        count(build(model, width="0.25")) for model in ("mobilenet_v1", "mobilenet_v3_small")
    )
    assert few.params < little.params
    assert little.madds < few.madds
    found = search(
        ["mobilenet_v1", "mobilenet_v3_small"],
        Budget(madds=little.madds, params=few.params),
        widths=["0.25"],
        resolutions=[224],
    )
    with pytest.raises(BudgetExceeded, match="each limit is met by some, all by none"):
        found.best  # noqa: B018 - looking is what raises


# -- the nearest, and latency


@pytest.mark.parametrize(("model", "width"), [("mobilenet_v3_large", "0.75"), ("googlenet", "1")])
def test_the_nearest_to_a_published_net(model: str, width: str) -> None:
    net = build(model, width=width)
    target = count(net)
    found = search("mobilenet_v2", Budget(madds=300_000_000))
    distances = {
        key(one): math.hypot(
            math.log(one["madds"] / target.madds), math.log(one["params"] / target.params)
        )
        for one in counted("mobilenet_v2")
        if one["madds"] <= 300_000_000
    }
    near = found.nearest(net)
    assert key(near) == min(distances, key=lambda k: distances[k])
    assert near["distance"] == pytest.approx(min(distances.values()), abs=1e-6)
    assert found.beside(net).to_dict()["nearest"] == {"to": net.title, **near}


class Clock:
    """Stands in for a measurement: MAdds as time, and what was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, net: Any) -> float:
        self.asked.append(net.title)
        return count(net).madds / 1e7


def test_a_latency_budget_measures_in_ranked_order() -> None:
    clock, told = Clock(), []
    whole = search("mobilenet_v2", Budget(params=3_000_000))
    found = search(
        "mobilenet_v2", Budget(params=3_000_000, latency=18.0), measure=clock, progress=told.append
    )
    ranked = whole.records()
    slow = [record["madds"] / 1e7 > 18.0 for record in ranked]
    first = slow.index(False)
    assert len(clock.asked) == len(told) == first + 1
    assert told == [name_of(record) for record in ranked[: first + 1]]
    assert key(found.best) == key(ranked[first])
    assert found.best["latency_ms"] == ranked[first]["madds"] / 1e7 <= 18.0
    assert [key(record) for record in found.measured] == [key(r) for r in ranked[: first + 1]]
    assert [key(record) for record in found.records()] == [key(r) for r in ranked[first:]]
    assert found.budget.met_by(found.best)
    assert {record["latency_ms"] for record in found.records()[1:]} == {None}


def test_a_latency_that_no_finalist_keeps_to() -> None:
    clock = Clock()
    found = search("mobilenet_v2", Budget(latency=0.5), measure=clock, finalists=4)
    assert len(clock.asked) == 4
    fastest = min(found.measured, key=lambda record: record["latency_ms"])
    with pytest.raises(BudgetExceeded, match=f"of the 4 best, .* {name_of(fastest)} is the fast"):
        found.best  # noqa: B018 - looking is what raises
    with pytest.raises(ArchcalcError, match="finalists"):
        search("mobilenet_v2", Budget(latency=1), finalists=0)


def test_records_of_one_search_have_the_same_keys() -> None:
    found = search(["mobilenet_v1", "mobilenet_v3_small"], Budget(), prunes=["0", "0.25"])
    assert len({tuple(record) for record in found.records()}) == 1
    assert len(found.head(3).records()) == 3
    assert len(found.head(3).to_dict()["choices"]) == 3
    assert found.summary()[0] == f"{len(found)} of {found.considered} variants fit"
    choices, _, _ = found.head(3)._repr_html_().partition("</table>")
    assert choices.count("<tr") == 1 + 3
