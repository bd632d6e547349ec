"""The ReLU lesson: panels hold the lesson's own points, and without ReLU the spiral comes back."""

from __future__ import annotations

import numpy as np
import pytest

from archcalc.base.messages import messages
from archcalc.output.present.lessons import losses_table
from archcalc.studies.lessons import DECODERS, embed, spiral
from dashboard.app_pages.lessons.data_relu_manifold import (
    CHANNELS,
    POINTS,
    draws,
    panels,
    study,
)
from tests.each import each


@each("back", DECODERS)
def test_a_panel_is_a_draw(back: str) -> None:
    whole, *rest = panels(draws(2, 3, "relu"), back)
    x = spiral(POINTS, turns=3)
    assert [[p["x"] for p in whole["points"]], [p["y"] for p in whole["points"]]] == x.tolist()
    for m, panel in zip(CHANNELS, rest, strict=True):
        draw = embed(x, m, draw=1)
        assert (panel["m"], panel["error"]) == (m, draw.error[back])
        assert sum(point["lost"] for point in panel["points"]) == POINTS * panel["lost"]


def test_without_relu_the_spiral_comes_back() -> None:
    whole, *rest = panels(draws(1, 2, "none"), "pinv")
    at = np.array([[p["x"], p["y"]] for p in whole["points"]])
    for panel in rest:
        assert np.array([[p["x"], p["y"]] for p in panel["points"]]) == pytest.approx(at, abs=1e-9)
        assert panel["lost"] == 0


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_table_is_the_study(language: str) -> None:
    found = study(2, "relu")
    table = losses_table(messages(language), found)
    assert [row[0].text for row in table.rows] == [str(m) for m in CHANNELS]
    assert [row[2].text for row in table.rows][:2] == ["75.00%", "50.00%"]
    assert all(len(row) == len(table.columns) for row in table.rows)
