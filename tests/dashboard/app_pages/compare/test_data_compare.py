"""What Compare shows is what `count` and `diff` say, and what papers publish."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from archcalc import build, count, diff, load
from archcalc.base.messages import LANGUAGES
from archcalc.cost.counting.aligned import align
from archcalc.cost.scaling.grid import QUANTITIES
from dashboard.app_pages.compare.data_compare import (
    FIELDS,
    LETTERS,
    OTHERS,
    above_text,
    compared,
    downloads,
    hidden_change,
    placed,
    points,
    rows,
    statuses,
    totals_table,
)
from dashboard.shell.choice import OWN, Choice, read_choice
from dashboard.shell.fields import read_all, write_all

FIRST = Choice(convention="fvcore", dtype="f16")
OTHER = [Choice("mobilenet_v1", 0.5, 160), None, Choice("vgg16", 0.5)]
MODELS = {"a": "mobilenet_v2", "b": "mobilenet_v1", "d": "vgg16"}


def test_a_change_that_no_figure_shows_is_told() -> None:
    changed = Choice("mobilenet_v2", set="act=relu")
    aligned = align(list(compared(Choice(), [changed, None, None], {}).values()))
    first = aligned.places[0]
    assert hidden_change(first, "b") == "+ relu, - relu6"
    assert hidden_change(first, "a") == ""
    narrow = align(list(compared(Choice(), [Choice(width=0.5), None, None], {}).values()))
    assert all(hidden_change(place, "b") == "" for place in narrow.places)


def test_all_are_counted_as_the_first_is() -> None:
    tables = compared(FIRST, OTHER, {})
    assert list(tables) == ["a", "b", "d"]
    v1 = count(build("mobilenet_v1", width="0.5", resolution=160), "fvcore", dtype="f16")
    assert tables["b"].totals == v1.totals
    # no width is defined of it
    assert tables["d"].totals == count(build("vgg16"), "fvcore", dtype="f16").totals


def test_one_variant_stands_once() -> None:
    assert list(compared(Choice("vgg16"), [Choice("vgg16", 0.5), None, Choice()], {})) == ["a", "d"]
    assert list(compared(Choice(), [replace(Choice(), dtype="int8"), None, None], {})) == ["a"]


def test_a_link_keeps_who_is_compared() -> None:
    values = {field.name: field.default for field in FIELDS}
    assert write_all(FIELDS, values) == {}
    values |= {"b": None, "c": Choice("mobilenet_v1", 0.75, 160, 0.3), "rows": "apart"}
    read, faults = read_all(FIELDS, write_all(FIELDS, values))
    assert (read, faults) == (values, [])
    # how it is counted is the first net's affair
    read, _ = read_all(OTHERS, {"c": "vgg16;dtype=int8;convention=fvcore"})
    assert read["c"] == Choice("vgg16")


def test_rows_that_differ_and_how_many_there_are() -> None:
    tables = list(
        compared(Choice(), [Choice(width=0.5), Choice("mobilenet_v1"), None], {}).values()
    )
    aligned = align(tables)
    for other, found in zip(tables[1:], statuses(aligned), strict=True):
        pairs = diff(tables[0], other).pairs
        assert dict(found) == {
            status: number
            for status in ("same", "changed", "removed", "added")
            if (number := sum(pair.status == status for pair in pairs))
        }
    halved = align(tables[:2])
    assert len(rows(halved, "all")) - len(rows(halved, "apart")) == statuses(halved)[0]["same"] > 0


def test_differences_in_words() -> None:
    assert above_text(200, 300) == "+50.0%"
    assert above_text(300, 200) == "-33.3%"
    assert [above_text(*pair) for pair in ((5, 5), (0, 5), (None, 5), (5, None))] == [""] * 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_totals_are_exact(language: str) -> None:
    tables = list(compared(FIRST, OTHER, {}).values())
    table = totals_table(tables, language)
    for row, one in zip(table.rows, tables, strict=True):
        texts = [cell.text for cell in row]
        assert f"{one.madds:,}" in texts
        assert f"{one.params:,}" in texts


@pytest.mark.parametrize("cost", QUANTITIES)
def test_points_are_what_is_published(cost: str) -> None:
    tables = compared(Choice(), [Choice("mobilenet_v1"), None, Choice("vgg16", 0.5)], {})
    found = points(tables, cost, MODELS)
    assert {one["letter"]: one["name"] for one in found.records if one["letter"]} == {
        "a": "mobilenet_v2@1-224",
        "b": "mobilenet_v1@1-224",
        "d": "vgg16@1-224",
    }
    for one in found.records:
        if one["letter"]:
            assert one["exact"] == f"{tables[one['letter']].totals[cost]:,}"
        other = [two for two in found.records if two["top1"] > one["top1"] and two["x"] <= one["x"]]
        assert one["front"] <= (not other)
        assert one["source"]
    choice = read_choice(
        next(o["choice"] for o in found.records if o["name"] == "mobilenet_v2@0.5-96")
    )
    assert choice == Choice("mobilenet_v2", 0.5, 96)
    assert len(found.front) == len(set(found.front)) > 3


def test_pruned_nets_have_no_published_accuracy() -> None:
    tables = compared(Choice(prune=0.5), [Choice("mobilenet_v1"), None, None], {})
    assert "a" not in {one["letter"] for one in points(tables, "madds", MODELS).records}


def test_a_model_of_the_session_is_compared_with_its_own_claims() -> None:
    own = {f"{OWN}mine": load("mobilenet_v1").replace(name="mine")}
    tables = compared(Choice(f"{OWN}mine"), [Choice("mobilenet_v1"), None, None], own)
    names = {"a": f"{OWN}mine", "b": "mobilenet_v1"}
    shown = {o["letter"]: o["name"] for o in points(tables, "madds", names).records}
    assert shown["a"] == "mine@1-224"
    assert rows(align(list(tables.values())), "apart") == []


def test_a_new_variant_takes_a_free_place() -> None:
    one, two = Choice("vgg16"), Choice("resnet18")
    assert placed([one, None, None], two) == 1
    assert placed([one, one, one], two) == 2
    assert placed([one, two, None], one) == 0
    assert len(LETTERS) == len(OTHERS) + 1


def test_files_hold_what_is_shown() -> None:
    aligned = align(list(compared(Choice(), [Choice(width=0.5), None, None], {}).values()))
    files = {one.suffix: one for one in downloads(aligned, "en")}
    assert json.loads(files["json"].make()) == aligned.to_dict()
    page = files["html"].make().decode()
    assert f"{aligned.tables[1].madds:,}" in page
    twice = align([aligned.tables[0]] * 2)
    assert "pdf" not in {one.suffix for one in downloads(twice, "en")}
