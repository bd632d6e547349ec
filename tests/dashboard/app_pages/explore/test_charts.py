"""The charts and the table of boxes: they draw every record, and mark what is asked for."""

from __future__ import annotations

import re
from html import unescape

import pytest

from archcalc.base.messages import messages
from dashboard.app_pages.explore.chart_icicle import icicle as icicle_chart
from dashboard.app_pages.explore.chart_layer_table import layer_table
from dashboard.app_pages.explore.chart_shares import shares
from dashboard.app_pages.explore.data_icicle import icicle
from dashboard.app_pages.explore.data_layers import GROUPINGS, bars, records
from dashboard.shell.choice import Choice
from dashboard.shell.nets import table_of
from tests.each import each

T = messages()
WORDS = {
    name: name for name in ("madds", "params", "count", "net", "stage", "block", "layer", "op")
}


def found(pattern: str, html: str) -> list[str]:
    return [unescape(one) for one in re.findall(pattern, html)]


@each("by", ["block", "layer", "op"])
def test_shares_draw_every_bar(by: str) -> None:
    drawn = bars(table_of(Choice(), {}), by)
    html = shares(T, drawn, words=WORDS, about="a <b>", at="", in_order=by != "op")
    keys = found('class="column" data-at="([^"]*)"', html)
    assert sorted(keys) == sorted({bar["key"] for bar in drawn})
    tips = "\n".join(found('data-tip="([^"]*)"', html)).splitlines()
    assert {f"{bar['quantity']}: {bar['exact']}" for bar in drawn} == {
        tip.partition(" (")[0] for tip in tips if ": " in tip
    }
    assert 'aria-label="a &lt;b&gt;"' in html
    # too many names would stand in one another's way
    assert ('class="names"' in html) is (by != "layer")
    # a column's parts are all of one scale, from the same line
    heights = re.findall(r'<i class="(\w+)" style="\w+:[\d.]+%;height:([\d.]+)%"', html)
    sizes = [(quantity, float(size)) for quantity, size in heights]
    for name in ("madds", "params"):
        whole = sum(size for quantity, size in sizes if quantity == name)
        assert whole == pytest.approx(sum(size for _, size in sizes) / 2, rel=0.01)


def test_the_group_that_is_marked_stands_out() -> None:
    drawn = bars(table_of(Choice(), {}), "block")
    html = shares(T, drawn, words=WORDS, about="", at="bottleneck_3.2")
    assert found('class="column at" data-at="([^"]*)"', html) == ["bottleneck_3.2"]
    assert 'class="plot marked"' in html
    assert "marked" not in shares(T, drawn, words=WORDS, about="", at="")


def test_a_net_that_costs_nothing_is_drawn() -> None:
    assert 'class="plot"' in shares(T, [], words=WORDS, about="", at="")


def test_an_icicle_draws_every_piece() -> None:
    pieces = icicle(table_of(Choice("googlenet"), {}), "params")
    html = icicle_chart(T, pieces, words=WORDS, about="")
    assert found('data-key="([^"]*)"', html) == [piece.key for piece in pieces]
    assert found('data-at="([^"]*)"', html) == [piece.block for piece in pieces]
    papers = found('background:([^"]*)"', html)
    assert len(papers) == len(pieces)
    assert all(re.fullmatch("#[0-9a-f]{6}", paper) for paper in papers)


@each("by", GROUPINGS)
def test_the_table_has_every_figure(by: str) -> None:
    rows = records(table_of(Choice("mobilenet_v3_small"), {}), by)
    heads = {name: name.upper() for name in rows[0]}
    html = layer_table(T, rows, heads, about="", at=rows[2]["key"])
    assert found('<tr data-row="\\d+" data-at="([^"]*)"', html) == [row["key"] for row in rows]
    assert found('class="at"><th scope="row"><button type="button" data-at="([^"]*)"', html) == [
        rows[2]["key"]
    ]
    shown = found('class="n heat" data-v="(\\d+)"', html)
    assert shown == [str(row[name]) for row in rows for name in ("madds", "params")]
    assert len(found(r"(<t[dh][ >])", html)) == len(rows[0]) * (len(rows) + 1)


def test_names_are_escaped() -> None:
    row = {"key": "<a>", "madds": 1, "params": 1, "madds_share": 100.0, "params_share": 100.0}
    html = layer_table(T, [row], dict.fromkeys(row, "<img>"), about="<p>", at="")
    assert not re.findall("<(?:a|img|p)>", html)
    for name in ("a", "img", "p"):
        assert f"&lt;{name}&gt;" in html
