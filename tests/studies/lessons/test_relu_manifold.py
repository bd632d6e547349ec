"""The ReLU manifold: laws of the mappings, and the share of lost points by counting."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
import torch

from archcalc.base.errors import ArchcalcError
from archcalc.studies.lessons import DECODERS, ManifoldStudy, embed, manifold_study, spiral
from tests.each import each

PAPER = (2, 3, 5, 15, 30)


@pytest.fixture(scope="module")
def study() -> ManifoldStudy:
    return manifold_study(PAPER, draws=60, points=90)


def rows(study: ManifoldStudy, decoder: str) -> list[dict[str, float]]:
    return [record for record in study.records() if record["decoder"] == decoder]


@each("m", PAPER)
def test_without_the_relu_nothing_is_lost(m: int) -> None:
    for draw in range(5):
        back = embed(spiral(), m, draw=draw, relu=False)
        assert not back.lost.any()
        for name, error in back.error.items():
            # to rounding, as far as T is from singular
            assert error < 1e-13 * np.linalg.cond(back.matrix), name


def test_the_paper_s_way_back_is_the_least_squares_solution() -> None:
    draw = embed(spiral(50), 5, seed=3)
    solved = torch.linalg.lstsq(torch.tensor(draw.matrix), torch.tensor(draw.y)).solution
    np.testing.assert_allclose(draw.back["pinv"], solved.numpy(), atol=1e-12)
    relu = torch.relu(torch.tensor(draw.matrix) @ torch.tensor(draw.x))
    np.testing.assert_allclose(draw.y, relu.numpy(), atol=1e-14)
    # the error is a relative RMS: 0 for the points themselves, 1 for the origin
    off = draw.back["pinv"] - draw.x
    rms = math.sqrt((off**2).sum(0).mean()) / math.sqrt((draw.x**2).sum(0).mean())
    assert draw.error["pinv"] == pytest.approx(rms, rel=1e-12)


def test_the_error_falls_as_m_grows(study: ManifoldStudy) -> None:
    for decoder in DECODERS:
        for figure in ("mean", "median"):
            errors = [record[figure] for record in rows(study, decoder)]
            for wider, narrower in itertools.pairwise(errors):
                assert narrower < wider or wider < 1e-12, (decoder, figure)


def test_the_paper_s_way_back_tends_to_half_of_the_point(study: ManifoldStudy) -> None:
    # E[ReLU(t·x) t] = x / 2 for normal t: T⁺ ReLU(T x) → x / 2, and no wider T helps
    draw = embed(spiral(30), 2000)
    np.testing.assert_allclose(draw.back["pinv"], draw.x / 2, atol=0.1)
    assert draw.error["pinv"] == pytest.approx(0.5, abs=0.05)
    # what is left then is the way back's: the other two undo the half
    last = {name: rows(study, name)[-1]["median"] for name in DECODERS}
    assert last["pinv"] > 0.4
    assert last["fitted"] < 0.01
    assert last["active"] < 1e-12


def test_no_linear_way_back_is_better_than_the_fitted_one() -> None:
    draw = embed(spiral(80), 4, seed=1)
    generator = np.random.default_rng(0)
    best = draw.error["fitted"]
    assert best < draw.error["pinv"]
    fitted = np.linalg.lstsq(draw.y.T, draw.x.T, rcond=None)[0].T
    for _ in range(20):
        other = fitted + 0.01 * generator.standard_normal(fitted.shape)
        assert np.linalg.norm(other @ draw.y - draw.x) / np.linalg.norm(draw.x) >= best


def test_a_point_is_lost_where_fewer_than_two_units_fire() -> None:
    for m in (2, 3, 6):
        draw = embed(spiral(70), m, seed=2)
        firing = (draw.y > 0).sum(0)
        np.testing.assert_array_equal(draw.lost, firing < 2)
        off = np.linalg.norm(draw.back["active"] - draw.x, axis=0)
        assert (off[~draw.lost] < 1e-9).all()
        assert (off[draw.lost] > 1e-9).all()
        # another point with the very same y, where one is lost: it cannot be told apart
        lost = np.flatnonzero(draw.lost)
        same = np.maximum(draw.matrix @ draw.back["active"][:, lost], 0)
        fires = draw.y[:, lost] > 0
        np.testing.assert_allclose(same[fires], draw.y[:, lost][fires], atol=1e-12)


def test_the_share_of_lost_points_is_that_of_coin_tosses(study: ManifoldStudy) -> None:
    for one in study.dimensions:
        # independent units that fire with probability 1/2: at most one of m
        tosses = (
            Fraction(
                sum(sum(toss) < 2 for toss in itertools.product((0, 1), repeat=one.m)), 2**one.m
            )
            if one.m < 10
            else Fraction(math.comb(one.m, 0) + math.comb(one.m, 1), 2**one.m)
        )
        assert one.expected_lost == tosses
        # shares of draws lie in [0, 1]: their mean is within a few of its own deviations
        tolerance = 4 * max(float(np.std(one.lost)), 0.005) / math.sqrt(len(one.lost))
        assert float(np.mean(one.lost)) == pytest.approx(float(tosses), abs=tolerance)


def test_the_scale_of_the_points_is_nothing() -> None:
    near, far = embed(spiral(40), 5), embed(1000 * spiral(40), 5)
    assert near.error == pytest.approx(far.error)
    np.testing.assert_array_equal(near.lost, far.lost)


def test_one_seed_gives_one_set_of_numbers() -> None:
    first = manifold_study((3, 5), draws=4, points=30, seed=7)
    again = manifold_study((3, 5), draws=4, points=30, seed=7)
    assert first.records() == again.records()
    # whatever else is asked for
    assert manifold_study((5,), draws=4, points=30, seed=7).dimensions == first.dimensions[1:]
    assert (
        manifold_study((5,), draws=2, points=30, seed=7).dimensions[0].errors["pinv"]
        == (first.dimensions[1].errors["pinv"][:2])
    )
    other = manifold_study((3, 5), draws=4, points=30, seed=8)
    assert other.records() != first.records()


def test_the_spiral() -> None:
    points = spiral(200, turns=3)
    radius = np.hypot(*points)
    np.testing.assert_allclose(radius, np.arange(1, 201) / 200)
    angle = np.unwrap(np.arctan2(points[1], points[0]))
    assert (angle[-1] - angle[0]) / (2 * np.pi) == pytest.approx(3 * 199 / 200)


def test_the_study_is_a_table(study: ManifoldStudy) -> None:
    assert len(study.records()) == len(PAPER) * len(DECODERS)
    for record in study.records():
        assert record["p10"] <= record["median"] <= record["p90"]
    assert study.to_dict()["rows"] == study.records()
    assert len(study.notes()) == len(DECODERS) + 1


@each(
    "wrong",
    [
        lambda: embed(spiral(), 1),
        lambda: embed(spiral(), 2.0),  # type: ignore[arg-type]
        lambda: embed(np.zeros((2, 4)), 3),
        lambda: embed(np.ones((3, 4)), 3),
        lambda: embed(spiral(), 3, seed=-1),
        lambda: spiral(2),
        lambda: spiral(turns=0),
        lambda: manifold_study(()),
        lambda: manifold_study(draws=0),
    ],
)
def test_what_cannot_be_is_one_line(wrong: Callable[[], object]) -> None:
    with pytest.raises(ArchcalcError) as caught:
        wrong()
    assert "\n" not in str(caught.value)
