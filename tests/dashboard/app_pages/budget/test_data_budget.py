"""What Budget shows: every variant that fits, with the costs that `count` gives, and the front."""

from __future__ import annotations

from itertools import pairwise
from math import nan

import pytest

from archcalc import Budget, build, count, load, search
from archcalc.base.errors import ArchcalcError
from dashboard.app_pages.budget.data_budget import (
    COSTS,
    FIELDS,
    LIMIT,
    LIMITS,
    NETS,
    budget_of,
    reasons,
    stops,
)
from dashboard.app_pages.budget.data_fitting import Fitting, fitting, known, limits_of
from dashboard.kit.downloads import of_table
from dashboard.shell.choice import OWN, Choice
from dashboard.shell.fields import read_all, write_all
from dashboard.shell.nets import table_of
from tests.each import each

COUNTING = {"convention": "paper", "dtype": "f32"}


ANY = Budget()


def found(budget: Budget = ANY, **chosen: object) -> Fitting:
    return fitting({}, budget, **{**COUNTING, **chosen})  # type: ignore[arg-type]


@each(
    ("name", "text", "value"),
    [
        ("madds", "150M", 150_000_000),
        ("madds", "149999999", 149_999_999),
        ("params", "3.4M", 3_400_000),
        ("weight_bytes", "4MiB", 4 * 2**20),
        ("weight_bytes", "1", 1),
        ("peak_memory", "1.25MiB", 1_310_720),
        ("peak_memory", "1310721", 1_310_721),
        ("latency", "12.5ms", 12.5),
    ],
)
def test_a_limit_is_read_as_it_was_written(name: str, text: str, value: float) -> None:
    field = LIMIT[name]
    assert field.parse(text) == value
    assert field.parse(field.write(value)) == value
    assert field.write(value).replace("B", "") == text.replace("B", "")


def test_a_link_holds_the_whole_view() -> None:
    chosen = {field.name: field.default for field in FIELDS} | {
        "max_madds": 150_000_000,
        "max_latency": 60.0,
        "nets": ("mobilenet_v2", "own:mine"),
        "phone": "pixel1",
        "cost": "peak_memory_bytes",
        "accuracy": "published",
        "show": "front",
    }
    assert read_all(FIELDS, write_all(FIELDS, chosen)) == (chosen, [])
    for name, text in (("max_madds", "0"), ("nets", "no_such"), ("phone", "a b"), ("cost", "x")):
        values, (fault,) = read_all(FIELDS, {name: text})
        assert (fault.name, values[name]) == (
            name,
            next(f.default for f in FIELDS if f.name == name),
        )


def test_what_fits_is_what_a_search_finds() -> None:
    budget = Budget(madds=150_000_000, params=3_000_000)
    here = found(budget)
    afresh = search(list(known()), budget)
    assert here.fits.records() == afresh.records()
    assert len(here.every) == afresh.considered
    assert here.front == afresh.front
    assert here.rows("front")[0] == afresh.front[-1]
    assert here.rows("fits")[0] == {"rank": 1, **here.fits.best}
    # the default set: a net for each published top-1, and none that only detects
    assert {"mobilenet_v1", "vgg16", "efficientnet_b0"} <= set(known())
    assert not [name for name in known() if name.startswith(("ssd", "yolo", "faster"))]


def test_a_row_opens_the_net_that_it_says() -> None:
    dtype = "int8"
    here = found(Budget(madds=300_000_000), convention="paper:no_norm", dtype=dtype)
    rows = here.rows("fits")
    for record in rows[:: len(rows) // 12]:
        choice = here.choice_of(record)
        net = build(record["model"], width=record["width"], resolution=record["resolution"])
        counted = count(net, "paper:no_norm", dtype=dtype)
        shown = table_of(choice, {})
        assert shown.net.title == net.title
        assert shown.totals == counted.totals
        assert {name: record[name] for name in COSTS} == {n: counted.totals[n] for n in COSTS}
    assert Choice("mobilenet_v1", 0.5, None, 0.0, "paper:no_norm", dtype) in [
        here.choice_of(one) for one in rows
    ]


@each("cost", COSTS)
def test_nothing_that_fits_beats_the_front(cost: str) -> None:
    here = found(Budget(peak_memory=2**21), cost=cost)
    points = here.points()
    assert len({point["key"] for point in points}) == len(points)
    front = [point for point in points if point["front"]]
    assert len(front) == len(here.front) > 3
    assert all(point["fits"] for point in front)
    for record in here.fits.records():
        if record["top1"] is not None:
            assert not any(
                record[cost] <= one[cost]
                and record["top1"] >= one["top1"]
                and (record[cost], record["top1"]) != (one[cost], one["top1"])
                for one in here.front
            )
    printed = [record for record in here.every.records() if record["basis"] == "published"]
    assert sum(point["basis"] == "published" for point in points) == len(printed)
    assert {point["net"] for point in points} == set(here.nets)


@each("name", [*LIMITS, "latency"])
def test_the_stops_of_a_slider_reach_from_one_variant_to_all(name: str) -> None:
    costs = [7_745_152, 15_470_264_320] if name != "latency" else [0.34, 183.0, nan]
    ends = stops(name, costs, None)
    assert ends[-1] == 0
    assert ends[:-1] == sorted(set(ends[:-1]))
    assert costs[0] <= ends[0] < 1.3 * costs[0]
    assert ends[-3] < costs[1] <= ends[-2]
    assert max(b / a for a, b in pairwise(ends[:-1])) < 1.51
    between = (ends[3] + ends[4]) / 2
    assert stops(name, costs, between) == [*ends[:4], between, *ends[4:]]
    for value in ends[:-1]:
        assert LIMIT[name].parse(LIMIT[name].write(value)) == value
    assert stops(name, [], 5) == [5, 0]


def test_a_time_needs_a_phone_that_measured_it() -> None:
    assert budget_of({"madds": 1, "latency": 5.0}, "") == Budget(madds=1)
    budget = budget_of({"madds": 300_000_000, "latency": 30.0}, "pixel1")
    here = found(budget, phone="pixel1")
    assert here.phones[0] == "pixel1"
    assert len(here.fits)
    assert all(record["latency_ms"] <= 30 for record in here.fits.records())
    assert not len(found(budget, phone="nobody_s").fits)
    assert found(nets=("vgg16",)).phones == []


def test_a_session_s_own_model_stands_beside_the_one_it_was_made_of() -> None:
    own = {f"{OWN}mobilenet_v1": load("mobilenet_v1").replace(claims=[])}
    here = fitting(own, Budget(), nets=("mobilenet_v1", f"{OWN}mobilenet_v1"), **COUNTING)  # type: ignore[arg-type]
    choices = [here.choice_of(record) for record in here.every.records()]
    assert {choice.model for choice in choices} == {"mobilenet_v1", f"{OWN}mobilenet_v1"}
    assert len(choices) == len(set(choices))
    mine = [one for one in here.every.records() if one["model"] != "mobilenet_v1"]
    assert {one["top1"] for one in mine} == {None}
    assert table_of(here.choice_of(mine[0]), own).madds == mine[0]["madds"]


def test_why_nothing_fits() -> None:
    here = found(Budget(params=1000, madds=10**12))
    ((name, least, which),) = reasons(here.every, here.fits)
    assert (name, which) == ("params", "mobilenet_v1@0.25")
    assert least == count(build("mobilenet_v1", width=0.25)).params
    assert here.front == []
    assert not any(point["fits"] for point in here.points())


def test_the_limits_of_a_net_let_it_in() -> None:
    totals = count(build("mobilenet_v2")).totals
    limits = limits_of(totals, LIMITS)
    here = found(Budget(**limits))  # type: ignore[arg-type]
    own = [r for r in here.fits.records() if (r["model"], r["width"]) == ("mobilenet_v2", 1.0)]
    whole = next(record for record in own if record["resolution"] == 224)
    assert set(here.budget.used_by(whole).values()) == {100.0}


def test_published_accuracies_alone() -> None:
    here = found(accuracies="published")
    assert {record["basis"] for record in here.every.records()} == {"published"}


def test_nets_without_accuracy_fit_and_have_no_front() -> None:
    here = found(nets=("yolov2", "ssd300_vgg"), cost="params")
    assert len(here.every)
    assert here.points() == here.front == here.nets == []
    assert NETS.write(("yolov2", "ssd300_vgg")) == "yolov2,ssd300_vgg"


def test_files_hold_all_that_fits() -> None:
    here = found(Budget(madds=40_000_000))
    files = {one.suffix: one.make() for one in of_table(here.fits, here.fits.title)}
    assert files["csv"].decode("utf-8-sig").count("\n") == len(here.fits) + 1
    with pytest.raises(ArchcalcError):
        _ = found(Budget(madds=1)).fits.best
