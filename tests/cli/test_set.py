"""``--set``: transforms mean the same in every command that takes a net."""

from __future__ import annotations

from typing import Any

from archcalc import build, count, load, transform
from archcalc.language.transforms import TRANSFORMS


def test_count_is_of_the_transformed_net(run: Any) -> None:
    ran = run(
        "count", "mobilenet_v3_large", "--set", "se=off", "--set", "act=relu", "--format", "json"
    )
    assert ran.data["set"] == "se=off, act=relu"
    net = build(transform(load("mobilenet_v3_large"), "se=off,act=relu"))
    assert ran.data["totals"]["params"] == count(net).params


def test_a_transform_goes_with_width_and_resolution(run: Any) -> None:
    ran = run("count", "mobilenet_v2@0.5-160", "--set", "kernel=5", "--format", "json")
    net = build(transform(load("mobilenet_v2"), "kernel=5"), width=0.5, resolution=160)
    assert ran.data["totals"]["madds"] == count(net).madds


def test_mistakes_are_one_clear_line(run: Any) -> None:
    for text, phrase in (
        ("foo=1", "unknown transform 'foo'"),
        ("act", "NAME=VALUE"),
        ("act=x", "act=x"),
    ):
        ran = run("count", "mobilenet_v2", "--set", text)
        assert (ran.code, ran.out) == (2, "")
        assert phrase in ran.err
        assert len(ran.err.splitlines()) == 1


def test_the_list_of_transforms(run: Any) -> None:
    listed = run("list", "--transforms", "--format", "json").data
    assert listed == [
        {"name": name, "values": kind.values, "about": kind.about}
        for name, kind in TRANSFORMS.items()
    ]
    ran = run("list", "--transforms", columns=80)
    assert max(map(len, ran.out.splitlines())) <= 80
    lines = ran.out.splitlines()
    for name in TRANSFORMS:
        assert any(line.startswith(f"{name} ") for line in lines)
    # without the flag it is the zoo
    assert "mobilenet_v1" not in ran.out
    assert "mobilenet_v1" in run("list", columns=80).out
