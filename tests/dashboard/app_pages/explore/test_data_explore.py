"""What Explore shows is what `count` says: totals, sums, the icicle's pieces, printed figures."""

from __future__ import annotations

import csv
import io
import json
from itertools import pairwise

import pytest

from archcalc import build, check, count, load, transform, zoo_names
from archcalc.base.errors import ArchcalcError, UnknownName
from archcalc.base.messages import messages
from dashboard.app_pages.explore.data_drawing import drawing
from dashboard.app_pages.explore.data_icicle import LEVELS, icicle
from dashboard.app_pages.explore.data_layers import (
    GROUPINGS,
    HEATED,
    bars,
    block_of,
    marked,
    records,
)
from dashboard.kit.downloads import of_table, of_variant
from dashboard.kit.printed import badges, printed_tables
from dashboard.kit.tiles import totals
from dashboard.shell.choice import OWN, Choice, fitted
from dashboard.shell.nets import spec_of, table_of, titles
from tests.each import each

CHOICES = [
    Choice(),
    Choice("mobilenet_v1", 0.75, 160, 0.3),
    Choice("mobilenet_v3_large", 1.25, "224x160", convention="fvcore", dtype="int8"),
    Choice("resnet18", prune=(("stage_2", 0.5),)),
    Choice("mobilenet_v2", 0.75, set="residual=ordinary,act=relu"),
]


@each("choice", CHOICES)
def test_a_choice_costs_what_count_says(choice: Choice) -> None:
    prune = dict(choice.prune) if isinstance(choice.prune, tuple) else choice.prune
    spec = transform(load(choice.model), choice.set)
    net = build(spec, width=choice.width, resolution=choice.resolution, prune=prune)
    counted = count(net, choice.convention, dtype=choice.dtype)
    shown = {
        tile.data["data-total"]: tile.data["data-value"]
        for tile in totals(messages(), table_of(choice, {}))
    }
    assert shown == {name: counted.totals[name] for name in shown}
    for by in GROUPINGS[:2]:
        for name in HEATED:
            assert sum(r[name] for r in records(counted, by)) == getattr(counted, name)


def test_totals_against_a_baseline() -> None:
    a, b = table_of(Choice(), {}), table_of(Choice(width=0.75, dtype="f16"), {})
    madds, *_ = totals(messages(), b, a)
    assert (madds.way, madds.change) == ("less", "-91.7M (-30.49%)")
    assert {(one.way, one.change) for one in totals(messages(), a, a)} == {
        ("same", "0"), ("same", "0 B"),
    }  # fmt: skip
    assert {one.change for one in totals(messages(), a)} == {""}


def test_a_session_s_own_model() -> None:
    spec = load("mobilenet_v1").replace(name="mine")
    choice = Choice(f"{OWN}mine", 0.5)
    assert table_of(choice, {f"{OWN}mine": spec}).madds == count(build(spec, width=0.5)).madds
    with pytest.raises(UnknownName, match="mine"):
        spec_of(choice, {})


def test_a_width_is_for_nets_that_have_one() -> None:
    assert fitted(Choice("vgg16", 0.5), has_width=False) == Choice("vgg16")
    assert fitted(Choice("mobilenet_v1", 0.5), has_width=True).width == 0.5


def test_every_model_has_a_title() -> None:
    assert titles() == {name: load(name).title for name in zoo_names()}


@each("model", ["mobilenet_v1", "googlenet", "nasnet_a_mobile", "ssd300_vgg"])
@each("quantity", HEATED)
def test_the_pieces_of_an_icicle_lie_side_by_side(model: str, quantity: str) -> None:
    table = table_of(Choice(model), {})
    pieces = icicle(table, quantity)
    whole = getattr(table, quantity)
    for level in range(len(LEVELS)):
        row = [piece for piece in pieces if piece.level == level]
        assert (row[0].left, row[-1].right) == (0, whole)
        assert all(one.right == following.left for one, following in pairwise(row))
        assert sum(piece.value for piece in row) == whole
    stages = {p.key: 0 for p in pieces if p.level == 1}
    for piece in pieces:
        if piece.level == 1:
            stages[piece.key] += piece.value
    grouped = table.by("stage")
    assert stages == {k: getattr(grouped, quantity)(k) for k in stages}


@each("by", GROUPINGS)
def test_bars_and_the_table_are_the_same_figures(by: str) -> None:
    table = table_of(Choice("mobilenet_v3_small"), {})
    rows = {row["key"]: row for row in records(table, by)}
    drawn = bars(table, by)
    assert {bar["key"] for bar in drawn} <= set(rows)
    for bar in drawn:
        name = bar["quantity"]
        assert int(bar["exact"].replace(",", "")) == rows[bar["key"]][name]
        assert bar["share"] == rows[bar["key"]][f"{name}_share"]
    for name in HEATED:
        assert sum(b["share"] for b in drawn if b["quantity"] == name) == pytest.approx(100)
    key = list(rows)[1]
    assert marked(table, by, key) == key
    assert marked(table, by, "nowhere") == ""


def test_the_block_that_is_drawn_is_the_heaviest_of_what_is_marked() -> None:
    table = table_of(Choice(), {})
    costs = {layer.node.id: layer for layer in table.layers}
    heaviest = max(costs.values(), key=lambda one: (one.madds, one.params))
    assert block_of(table, "block", "") == heaviest.node.block
    assert block_of(table, "block", "bottleneck_3.2") == "bottleneck_3.2"
    assert block_of(table, "layer", "bottleneck_3.2.expand.conv") == "bottleneck_3.2"
    assert block_of(table, "row", "bottleneck_5").startswith("bottleneck_5.")
    svg, words = drawing(table, "block", "bottleneck_3.2", "block")
    assert svg.startswith("<svg ")
    assert "dwconv 3x3" in words


@pytest.mark.parametrize("language", ["en", "zh"])
def test_badges_say_what_check_says(language: str) -> None:
    shown = badges(messages(language), table_of(Choice("mobilenet_v1"), {}))
    verdicts = {(r.quantity, r.printed): r.verdict for r in check(load("mobilenet_v1"))}
    madds = [badge for badge in shown if badge.quantity == "madds"]
    assert {(one.text, one.verdict) for one in madds} == {
        ("569M", "reproduced"),
        ("575M", "erratum"),
    }
    assert all(verdicts["madds", one.text] == one.verdict for one in madds)
    assert next(one for one in madds if one.verdict == "erratum").remark


def test_what_is_printed_is_of_this_variant_alone() -> None:
    assert printed_tables(table_of(Choice("mobilenet_v1", 0.3333), {})) == []
    groups = printed_tables(table_of(Choice("mobilenet_v1", 0.75), {}))
    assert {one.width for group in groups for one in group.results} == {0.75}


def test_downloads_are_the_view() -> None:
    table = table_of(Choice(width=0.75), {})
    files = {one.suffix: one for one in of_variant(table, "block", "en")}
    assert {"csv", "json", "md", "tex", "html", "pdf", "svg", "yaml"} <= set(files)
    text = files["csv"].make().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert sum(int(row["madds"]) for row in rows) == table.madds
    assert json.loads(files["json"].make()) == table.by("block").to_dict()
    assert files["yaml"].make().decode() == table.net.spec.to_yaml()
    for one in of_table(table, "../a b"):
        assert "/" not in one.file
        assert " " not in one.file


def test_what_cannot_be_is_an_error() -> None:
    with pytest.raises(ArchcalcError, match="too small"):
        table_of(Choice("vgg16", resolution=8), {})
