"""Published accuracies and the interpolation between them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archcalc import Budget, Spec, load, search, zoo_names
from archcalc.studies.budgets.accuracy import (
    EXTRAPOLATED,
    INTERPOLATED,
    PUBLISHED,
    UNKNOWN,
    Family,
    family,
)
from archcalc.studies.budgets.published_figures import published
from archcalc.studies.budgets.regression import FORMS, LINKS, best_fit, fit, hull_contains
from tests.each import each
from tests.studies.budgets.readme_figures import ROWS

INTERPOLATED_NETS = ["mnasnet_a1", "mobilenet_v1", "mobilenet_v2"]


def look_up(of: Family, width: float, resolution: Any, *, pruned: bool = False) -> tuple[Any, int]:
    sides = resolution if isinstance(resolution, tuple) else (resolution, resolution)
    columns = [np.asarray([value]) for value in (round(width * 10_000), *sides)]
    top1, basis = of.look_up(*columns, np.asarray([pruned]))
    return float(top1[0]), int(basis[0])


def variables(name: str) -> tuple[np.ndarray, np.ndarray]:
    """Return (log α, log ρ) and top-1 of the published figures, from nothing but those."""
    points = published(load(name)).values()
    logs = [[math.log(p.width / 10_000), math.log(p.side[0] / 224)] for p in points]
    return np.asarray(logs), np.asarray([point.top1 for point in points])


# -- published figures


@each("row", ROWS)
def test_every_figure_of_the_readmes_is_claimed(row: Any) -> None:
    (claim,) = [
        claim
        for claim in load(row.model).claims
        if "README" in (claim.source or "")
        and (claim.width, claim.resolution) == (float(row.width), row.resolution)
    ]
    assert (claim.madds, claim.params) == (f"{row.madds}M", f"{row.params}M")
    assert (claim.top1, claim.top5) == (row.top1, row.top5)
    assert claim.latency == ({"pixel1": f"{row.pixel1}ms"} if row.pixel1 else {})


def test_every_published_variant_has_its_accuracy() -> None:
    for row in ROWS:
        found = published(load(row.model))
        key = round(float(row.width) * 10_000), (row.resolution, row.resolution)
        assert key in found
        # the paper's own may differ from what the README's checkpoint reaches, by 1 at most
        assert abs(found[key].top1 - float(row.top1)) < 1


@each(
    ("model", "width", "resolution", "top1", "source"),
    [
        ("mobilenet_v1", 1, 224, 70.6, "arXiv:1704.04861, table 4"),  # the README: 70.9
        ("mobilenet_v1", 0.5, 224, 63.7, "arXiv:1704.04861, table 6"),  # the README: 63.3
        ("mobilenet_v2", 1, 224, 72.0, "arXiv:1801.04381, table 4"),  # the README: 71.8
        ("mobilenet_v2", 0.35, 224, 60.8, "Searching for MobileNetV3 (arXiv:1905.02244), table 3"),
        ("mobilenet_v2", 0.5, 96, 51.2, "TF-slim README (mobilenet/README.md)"),
        ("mobilenet_v3_small", 1, 224, 67.4, "arXiv:1905.02244, table 3"),  # the README: 67.5
    ],
)
def test_a_paper_comes_before_a_readme(
    model: str, width: float, resolution: int, top1: float, source: str
) -> None:
    of = family(load(model))
    assert look_up(of, width, resolution) == (top1, PUBLISHED)
    assert of.source(round(width * 10_000), (resolution, resolution)) == source


def test_other_nets_have_no_published_accuracy() -> None:
    spec = load("mobilenet_v2")
    assert not published(spec, "act=relu")
    assert not published(spec.with_params(k=10))
    assert look_up(family(spec, "act=relu"), 1, 224)[1] == UNKNOWN
    assert look_up(family(spec), 1, 224, pruned=True)[1] == UNKNOWN


CLAIMED = """\
archcalc: 1
name: claimed
input: 32x32x3
rounding: {method: divisible}
rows: [{op: conv2d 3x3, out: 8}]
claims:
"""


def claimed(*claims: str) -> Family:
    return family(Spec(CLAIMED + "".join(f"- {{{claim}}}\n" for claim in claims), "c.yaml"))


CHANGED = """\
archcalc: 1
name: changed
input: 32x32x3
rounding: {method: divisible}
defaults: {conv: {act: relu}}
rows: [{op: conv2d 3x3, out: 8}, {op: dwconv 3x3}]
claims:
- {top1: 50, set: {act: HS, kernel: 5x5}}
- {top1: 40}
- {row: conv_1, madds: 1, top1: 9}
"""


@each(
    "sets",
    ["act=HS, kernel=5x5", "kernel=5x5,act=HS", "kernel=5,act=hard_swish",
     {"kernel": 5, "act": "h-swish"}],
)  # fmt: skip
def test_claims_under_transforms_in_any_order_and_spelling(sets: Any) -> None:
    spec = Spec(CHANGED)
    assert [one.top1 for one in published(spec, sets).values()] == [50]
    found = search(spec, Budget(), widths="1", resolutions="32", sets=[sets])
    assert (found.best["top1"], found.best["basis"]) == (50, "published")


def test_claims_of_the_printed_net_and_of_rows() -> None:
    spec = Spec(CHANGED)
    # what changes nothing leaves the printed net
    for sets in ("", "act=relu", "kernel=3x3, act=RE"):
        assert [one.top1 for one in published(spec, sets).values()] == [40]
    for sets in ("act=HS", "kernel=5x5", "act=relu6", "act=relu6, kernel=5"):
        assert not published(spec, sets)
    assert not published(Spec(CLAIMED + "- {row: conv2d_1, madds: 1, top1: 9}\n"))


# -- interpolation


@each("name", INTERPOLATED_NETS)
@each("form", FORMS)
@each("link", LINKS)
def test_leaving_one_out_is_what_a_loop_gives(name: str, form: str, link: str) -> None:
    x, top1 = variables(name)
    a, r = x.T
    columns = [np.ones_like(a), a, r]
    columns += [a * a, r * r] if form != "linear" else []
    columns += [a * r] if form == "second order" else []
    terms = np.stack(columns, axis=1)
    target = top1 if link == "top-1" else np.log(100 - top1)
    errors = []
    for index in range(len(top1)):
        others = np.arange(len(top1)) != index
        found, *_ = np.linalg.lstsq(terms[others], target[others], rcond=None)
        value = terms[index] @ found
        errors.append((value if link == "top-1" else 100 - math.exp(value)) - top1[index])
    one = fit(x, top1, form, link)
    assert one is not None
    assert one.errors == pytest.approx(errors, abs=1e-7)
    assert one.mean_error == pytest.approx(np.abs(errors).mean())
    assert one.worst_error == pytest.approx(np.abs(errors).max())


@each("name", INTERPOLATED_NETS)
def test_the_fit_with_the_least_error_is_chosen(name: str) -> None:
    x, top1 = variables(name)
    chosen = family(load(name)).fit
    candidates = [fit(x, top1, form, link) for form in FORMS for link in LINKS]
    assert chosen is not None
    assert chosen.mean_error == pytest.approx(min(one.mean_error for one in candidates if one))
    # it explains more than the mean does: a family spans more than 20 points
    assert chosen.mean_error < 0.05 * np.ptp(top1)


@each("name", INTERPOLATED_NETS)
def test_between_published_figures_more_width_or_pixels_never_hurt(name: str) -> None:
    of = family(load(name))
    assert of.fit is not None
    grid = [
        [of.fit.predict(np.log([[width, side / 224]]))[0] for side in range(128, 225, 32)]
        for width in (0.35, 0.5, 0.75, 0.9, 1)
    ]
    assert (np.diff(grid, axis=0) > 0).all()
    assert (np.diff(grid, axis=1) > 0).all()


def test_what_an_accuracy_is() -> None:
    of = family(load("mobilenet_v2"))
    assert look_up(of, 0.6, 176)[1] == INTERPOLATED
    assert look_up(of, 0.25, 176)[1] == EXTRAPOLATED
    assert look_up(of, 0.6, 80)[1] == EXTRAPOLATED
    assert look_up(of, 1.4, 192)[1] == EXTRAPOLATED  # published at 224 px alone
    assert look_up(of, 1.2, 224)[1] == INTERPOLATED
    assert look_up(of, 0.6, (160, 192))[1] == EXTRAPOLATED  # nothing that is not square


@each("name", [name for name in zoo_names() if name not in INTERPOLATED_NETS])
def test_with_too_few_figures_nothing_is_made_up(name: str) -> None:
    of = family(load(name))
    assert of.fit is None
    assert look_up(of, 0.9, 176)[1] == UNKNOWN
    assert math.isnan(look_up(of, 0.9, 176)[0])


def test_figures_at_one_resolution_say_nothing_of_another() -> None:
    of = claimed(*(f"width: {w}, top1: {50 + 20 * w}" for w in (0.25, 0.5, 0.75, 1.0, 1.25)))
    assert of.fit is not None
    top1, basis = look_up(of, 0.6, 32)
    assert basis == INTERPOLATED
    assert 60 < top1 < 65
    assert look_up(of, 1.5, 32)[1] == EXTRAPOLATED
    assert look_up(of, 0.6, 48)[1] == UNKNOWN
    assert claimed("width: 0.5, top1: 50", "width: 1, top1: 60", "width: 0.7, top1: 55").fit is None


def test_a_line_is_found_and_missed_by_nothing() -> None:
    x = np.log([[0.25], [0.5], [1.0], [2.0], [4.0]])
    found = best_fit(x, 60 + 5 * x[:, 0])
    assert found is not None
    assert (found.form, found.link) == ("linear", "top-1")
    assert found.worst_error < 1e-9


# -- the hull

coordinate = st.integers(-4, 4).map(float)
clouds = st.lists(st.tuples(coordinate, coordinate), min_size=1, max_size=12)


@given(clouds, st.data())
def test_mixtures_of_points_are_inside(cloud: list[Any], data: st.DataObject) -> None:
    weights = [data.draw(st.integers(0, 5)) for _ in cloud]
    weights[0] += 1
    query = np.asarray(weights, float) @ np.asarray(cloud) / sum(weights)
    assert hull_contains(np.asarray(cloud), query[None]).all()


@given(clouds, st.tuples(coordinate, coordinate), st.floats(0, 2 * math.pi))
def test_points_behind_a_line_are_outside(cloud: list[Any], query: Any, angle: float) -> None:
    direction = np.asarray([math.cos(angle), math.sin(angle)])
    beyond = query @ direction > (np.asarray(cloud) @ direction).max() + 1e-6
    assert not (beyond and hull_contains(np.asarray(cloud), np.asarray([query]))[0])
