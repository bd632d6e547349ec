"""Activations are timed on a map of the net, and the table says what was measured."""

from __future__ import annotations

import pytest

from archcalc import build, count
from archcalc.base.messages import messages
from archcalc.models.latency import Schedule, measure_activations
from archcalc.output.present.lessons import times_table
from archcalc.studies.lessons import FUNCTIONS
from dashboard.app_pages.lessons.data_activations import request_of, size_words


def test_they_are_timed_on_the_largest_map_that_a_net_activates() -> None:
    cost = count(build("mobilenet_v2"))
    request = request_of(cost)
    assert request is not None
    assert size_words(request) == "112 × 112 × 96"
    assert set(request.kinds) == set(FUNCTIONS)
    # table 2 of the paper: the first widening block, 6 x 16 channels at half of 224
    assert request.shape == (1, 96, 112, 112)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_table_holds_each_against_relu(language: str) -> None:
    schedule = Schedule(warmup_calls=1, warmup_seconds=0, passes=3, seconds=0)
    found = measure_activations((1, 4, 8, 8), kinds=["hard_swish", "swish"], schedule=schedule)
    table = times_table(messages(language), found)
    assert [row[0].text for row in table.rows] == ["ReLU", "h-swish", "swish"]
    assert table.rows[0][-1].text == "1.00"
    assert max(row[-1].share or 0 for row in table.rows) == 1
    assert str(found.protocol["rounds"]) in table.caption
