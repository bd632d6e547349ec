"""Values and slopes against torch and differences; saturation and gaps against dense sampling."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq, minimize_scalar
from torch.nn import functional

from archcalc.base.errors import ArchcalcError, UnknownName
from archcalc.language.ops._torch import activation
from archcalc.language.ops.activation import ACTIVATIONS as OPERATORS
from archcalc.studies.lessons import FUNCTIONS, activation_facts, activations, evaluate, worst_gap
from tests.each import each

ACTIVATIONS = tuple(FUNCTIONS)
GRID = np.linspace(-40, 40, 5121)  # in steps of 1/64, so with every kink
DENSE = np.linspace(-60, 60, 1_200_001)


def test_every_function_is_an_operator_and_the_papers_ones_are_here() -> None:
    assert set(ACTIVATIONS) <= set(OPERATORS)
    papers = {"relu", "relu6", "sigmoid", "swish", "hard_sigmoid", "hard_swish"}
    assert papers <= set(ACTIVATIONS)


@each("kind", ACTIVATIONS)
def test_values_and_derivatives_are_those_of_torch(kind: str) -> None:
    curve = evaluate(kind, GRID)
    x = torch.tensor(GRID, requires_grad=True)
    y = activation(kind)(x)
    y.sum().backward()
    np.testing.assert_allclose(curve.value, y.detach().numpy(), rtol=1e-12, atol=1e-15)
    # at the kinks too: both take the outer piece; torch has h-sigmoid's 1/6 in single precision
    assert x.grad is not None
    np.testing.assert_allclose(curve.derivative, x.grad.numpy(), rtol=5e-8, atol=1e-15)


@given(beta=st.floats(0.05, 20), low=st.floats(-50, 0))
def test_swish_with_beta(beta: float, low: float) -> None:
    grid = np.linspace(low, low + 50, 101)
    curve = evaluate("swish", grid, beta=beta)
    x = torch.tensor(grid, requires_grad=True)
    y = x * torch.sigmoid(beta * x)
    y.sum().backward()
    np.testing.assert_allclose(curve.value, y.detach().numpy(), rtol=1e-12, atol=1e-300)
    assert x.grad is not None
    np.testing.assert_allclose(curve.derivative, x.grad.numpy(), rtol=1e-9, atol=1e-12)


@each("kind", ACTIVATIONS)
def test_a_derivative_is_the_limit_of_differences(kind: str) -> None:
    kinks = evaluate(kind, [0.0]).function.kinks
    x = GRID[[all(abs(point - kink) > 1e-3 for kink in kinks) for point in GRID]]
    step = 1e-5
    rise = evaluate(kind, x + step).value - evaluate(kind, x - step).value
    np.testing.assert_allclose(evaluate(kind, x).derivative, rise / (2 * step), atol=1e-8)


@each("kind", ACTIVATIONS)
def test_kinks_are_where_the_derivative_jumps(kind: str) -> None:
    curve = evaluate(kind, DENSE)
    jumps = np.abs(np.diff(curve.derivative)) > 0.1
    found = {round(float(x)) for x in DENSE[:-1][jumps]}
    assert found == {round(kink) for kink in curve.function.kinks}


def test_extreme_inputs_neither_overflow_nor_warn() -> None:
    for kind in ACTIVATIONS:
        curve = evaluate(kind, [-1e300, -1e4, 1e4, 1e300])
        assert np.isfinite(curve.value).all()
        assert np.isfinite(curve.derivative).all()


@each(("hard", "soft"), [("hard_sigmoid", "sigmoid"), ("hard_swish", "swish")])
@each("beta", [0.05, 0.5, 1.0, 1.702, 7.0, 20.0])
def test_the_worst_gap_is_met_and_never_beaten(hard: str, soft: str, beta: float) -> None:
    found = worst_gap(hard, beta=beta)
    x = DENSE * max(1.0, 10 / beta)
    gaps = np.abs(evaluate(hard, x).value - evaluate(soft, x, beta=beta).value)
    assert gaps.max() <= found.size
    assert gaps.max() == pytest.approx(found.size, abs=1e-6)
    for place in found.at:
        at_place = evaluate(hard, [place]).value - evaluate(soft, [place], beta=beta).value
        assert abs(at_place[0]) == pytest.approx(found.size, rel=1e-12)
    # σ(−x) = 1 − σ(x) makes both gaps even
    assert found.at == pytest.approx([-place for place in reversed(found.at)], abs=1e-7)


def test_the_gaps_by_calculus() -> None:
    # h-sigmoid: in the middle piece the slopes are equal where σ (1 − σ) = 1/6
    steep = (1 + math.sqrt(1 / 3)) / 2
    x = math.log(steep / (1 - steep))
    gap = worst_gap("h-sigmoid")
    assert gap.at == pytest.approx([-x, x], rel=1e-12)
    assert gap.size == pytest.approx(steep - (x + 3) / 6, rel=1e-13)
    assert gap.beta is None
    # h-swish: x (1 − σ(x)) falls beyond 3, and grows up to there
    gap = worst_gap("h-swish")
    assert gap.at == (-3.0, 3.0)
    assert gap.size == pytest.approx(3 / (1 + math.e**3), rel=1e-13)


def test_the_gap_by_a_derivative_free_optimiser() -> None:
    def missing(x: float) -> float:
        t = torch.tensor(x, dtype=torch.float64)
        return -float((functional.hardswish(t) - t * torch.sigmoid(2 * t)).abs())

    searched = min(
        (
            minimize_scalar(missing, bounds=(low, low + 0.5), method="bounded")
            for low in np.arange(0, 5, 0.5)
        ),
        key=lambda result: result.fun,
    )
    gap = worst_gap("hard_swish", beta=2.0)
    assert gap.size == pytest.approx(-searched.fun, rel=1e-9)
    assert gap.at[-1] == pytest.approx(searched.x, abs=1e-4)


def test_the_minimum_of_swish_and_h_swish() -> None:
    # swish′ = 0 where 1 + u (1 − σ(u)) = 0, with u = βx
    u = brentq(lambda u: 1 + u / (1 + math.exp(u)), -2, -1, xtol=1e-14)
    for beta in (0.05, 1.0, 20.0):
        facts = activation_facts("swish", beta=beta)
        assert facts.minimum == pytest.approx((u / beta, (u + 1) / beta), rel=1e-9)
    assert activation_facts("h-swish").minimum == pytest.approx((-1.5, -0.375))
    for kind in set(ACTIVATIONS) - {"swish", "hard_swish"}:
        assert activation_facts(kind).minimum is None
        assert (np.diff(evaluate(kind, DENSE).value) >= 0).all()


@each("beta", [0.05, 1.0, 20.0])
@each("kind", ACTIVATIONS)
def test_where_saturation_begins(kind: str, beta: float) -> None:
    facts = activation_facts(kind, beta=beta)
    for end in facts.saturations:
        sign = -1 if end.side == "left" else 1
        outside = end.begins + sign * np.linspace(1e-9, 1000, 10_001)
        inside = end.begins - sign * np.array([1e-3])
        off = np.abs(evaluate(kind, outside, beta=beta).value - end.limit)
        off_inside = np.abs(evaluate(kind, inside, beta=beta).value - end.limit)
        if end.exact:
            assert not off.any()
            assert off_inside.all()
            assert not evaluate(kind, outside, beta=beta).derivative.any()
        else:
            assert (off < 0.01).all()
            assert off[0] == pytest.approx(0.01, rel=1e-6)
            assert (off_inside > 0.01).all()
    # where no end is named, the function has no bound
    unbounded = {"left", "right"} - {end.side for end in facts.saturations}
    for side in unbounded:
        x = -1e9 if side == "left" else 1e9
        assert abs(evaluate(kind, [x], beta=beta).value[0]) > 1e7


def test_the_closed_forms_of_saturation() -> None:
    (left, right) = activation_facts("sigmoid").saturations
    assert right.begins == pytest.approx(math.log(99), rel=1e-12)
    assert left.begins == pytest.approx(-math.log(99), rel=1e-12)
    assert activation_facts("tanh").saturations[1].begins == pytest.approx(math.atanh(0.99))


def test_a_table_holds_every_function_on_one_grid() -> None:
    table = activations(beta=1.5, points=33)
    assert [curve.function.kind for curve in table.curves] == [
        facts.function.kind for facts in table.facts
    ]
    assert {curve.function.kind for curve in table.curves} == set(ACTIVATIONS)
    assert len(table.records()) == 33 * len(ACTIVATIONS)
    swish = [row for row in table.records() if row["activation"] == "swish"]
    for row in swish:
        assert row["value"] == pytest.approx(row["x"] / (1 + math.exp(-1.5 * row["x"])))
    assert "h-swish at -3 and 3" in table.notes()[0]
    assert not activations(["tanh", "swish"]).notes()
    listed = {entry["activation"]: entry for entry in table.to_dict()["functions"]}
    assert listed["relu6"]["saturations"][1] == {
        "side": "right",
        "limit": 6.0,
        "begins": 6.0,
        "exact": True,
    }


def test_every_kink_is_on_the_default_grid() -> None:
    for curve in activations().curves:
        assert set(curve.function.kinks) <= set(curve.x.tolist())


def test_results_cannot_be_written_to() -> None:
    curve = evaluate("relu", [1.0, 2.0])
    with pytest.raises(ValueError, match="read-only"):
        curve.value[0] = 3


def test_what_cannot_be_is_one_line() -> None:
    with pytest.raises(UnknownName, match=r"unknown activation 'gelo'.*known: hard_sigmoid"):
        evaluate("gelo", [0.0])
    for x in ([math.nan], [math.inf], [], [[0.0]], ["a"]):
        with pytest.raises(ArchcalcError, match=r"^x: "):
            evaluate("relu", x)
    for beta in (0.0, -1.0, 21.0, math.nan):
        with pytest.raises(ArchcalcError, match="beta: a number from"):
            worst_gap("h-swish", beta=beta)
    with pytest.raises(ArchcalcError, match="relu replaces no soft function"):
        worst_gap("relu")
    for wrong in ({"points": 1}, {"low": 3.0, "high": 3.0}, {"high": math.inf}, {"kinds": ()}):
        with pytest.raises(ArchcalcError):
            activations(**wrong)  # type: ignore[arg-type]
