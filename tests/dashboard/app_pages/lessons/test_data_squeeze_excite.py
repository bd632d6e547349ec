"""The lesson on squeeze-and-excite: sheets, bars and costs are of the block that ran."""

from __future__ import annotations

import numpy as np
import pytest

from archcalc import build, count, zoo_names
from archcalc.base.messages import messages
from archcalc.output.charts.sheets import digit_picture, sheets
from archcalc.output.present.lessons import excite_table
from archcalc.studies.lessons import SqueezeExciteRun, digit, se_blocks
from dashboard.app_pages.lessons.data_squeeze_excite import (
    MODELS,
    bars,
    blocks_of,
    chosen,
    run_of,
)

MODEL = "mobilenet_v3_small"


@pytest.fixture(scope="module")
def run() -> SqueezeExciteRun:
    return run_of(MODEL, blocks_of(MODEL)[1], 3, 0)


def test_every_net_with_such_blocks_is_offered() -> None:
    assert {name for name in zoo_names() if se_blocks(build(name))} == set(MODELS)


def test_a_block_of_another_net_is_the_first_of_this_one() -> None:
    names = blocks_of(MODEL)
    assert chosen(MODEL, names[2]) == names[2]
    assert chosen(MODEL, "no_such_block") == names[0]


def test_the_gates_order_the_maps(run: SqueezeExciteRun) -> None:
    made = sheets(run)
    gates = run.values.s[list(made.channels)]
    assert (np.diff(gates) <= 0).all()
    assert gates[0] == run.values.s.max()
    assert gates[-1] == run.values.s.min()
    assert len(set(made.channels)) == len(made.channels) == 24
    assert made.before.shape == made.after.shape
    assert made.before.dtype == np.uint8
    # a gate is at most 1 and these maps are nowhere negative enough to grow brighter by it
    assert made.after.astype(int).sum() < made.before.astype(int).sum()


def test_the_bars_are_the_steps(run: SqueezeExciteRun) -> None:
    z = [bar["value"] for bar in bars(run, "z")]
    assert z == pytest.approx(run.values.u.mean((1, 2)).tolist())
    assert len(bars(run, "hidden")) == len(run.weights.reduce)
    assert all(0 <= bar["value"] <= 1 for bar in bars(run, "s"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_costs_are_what_count_says(run: SqueezeExciteRun, language: str) -> None:
    table = excite_table(messages(language), run)
    cost = count(build(MODEL))
    ids = dict(next(b for b in se_blocks(build(MODEL)) if b.name == run.block).steps).values()
    layers = [layer for layer in cost.layers if layer.node.id in ids]
    total, _ = table.foot
    assert total[-1].text == f"{sum(layer.madds for layer in layers):,}"
    assert total[-2].text == f"{sum(layer.params for layer in layers):,}"
    assert len(table.rows) == len(layers)


def test_a_digit_is_dark_on_white() -> None:
    picture = digit_picture(3)
    assert picture.shape == (96, 96)
    assert picture[::12, ::12].tolist() == np.round(255 * (1 - digit(3))).tolist()
