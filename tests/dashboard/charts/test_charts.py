"""Charts are valid, draw every record, and mark what is asked for."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("altair", reason="altair is not installed")

from dashboard.charts.icicle import icicle as icicle_chart
from dashboard.charts.shares import MARK, shares
from dashboard.views.choice import Choice
from dashboard.views.icicle import icicle
from dashboard.views.layers import bars
from dashboard.views.nets import table_of

WORDS = {
    name: name
    for name in ("madds", "params", "count", "quantity", "key", "net", "stage", "block", "layer")
} | {"op": "operator"}


def values(chart: dict[str, Any]) -> list[dict[str, Any]]:
    (found,) = chart["datasets"].values()
    return list(found)


@pytest.mark.parametrize("by", ["block", "layer", "op"])
def test_shares_draw_every_bar(by: str) -> None:
    records = bars(table_of(Choice(), {}), by)
    chart = shares(records, words=WORDS, at="", in_order=by != "op").to_dict()
    assert [{**one, "words": one["quantity"]} for one in records] == values(chart)
    assert set(chart["encoding"]["x"]["sort"]) == {one["key"] for one in records}
    # too many names would stand in one another's way
    assert chart["encoding"]["x"]["axis"]["labels"] is (by != "layer")


def test_the_marked_group_is_the_selection() -> None:
    records = bars(table_of(Choice(), {}), "block")
    (param,) = shares(records, words=WORDS, at="bottleneck_3.2").to_dict()["params"]
    assert (param["name"], param["value"]) == (MARK, [{"key": "bottleneck_3.2"}])
    (param,) = shares(records, words=WORDS, at="").to_dict()["params"]
    assert "value" not in param


def test_an_icicle_draws_every_piece() -> None:
    pieces = icicle(table_of(Choice("googlenet"), {}), "params")
    chart = icicle_chart(pieces, words=WORDS).to_dict()
    drawn = values(chart)
    assert [one["key"] for one in drawn] == [piece.key for piece in pieces]
    assert all(one["paper"].startswith("#") for one in drawn)
