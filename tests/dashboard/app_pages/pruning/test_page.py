"""Pruning in a browser: what is cut gives what `count` says, in every way to say it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archcalc import CostTable, build, count
from archcalc.base.messages import messages
from archcalc.cli import main
from archcalc.cost.counting.shrink import shrink
from dashboard.app_pages.pruning.data_weights import column, matrix, sizes
from tests.dashboard.browser import Sight

expect = pytest.importorskip("playwright.sync_api", reason="playwright is missing").expect

See = Callable[..., Sight]

pytestmark = pytest.mark.slow

TOTALS = ("madds", "params", "weight_bytes", "activation_bytes", "peak_memory_bytes")
ROW = 35

VIEWS = [
    {"prune": "0.5", "cut_of": "activation_bytes"},
    {"cut": "stage", "prune": "stage_3:0.5", "model": "mobilenet_v3_small"},
    {"cut": "group", "prune": "conv_1.1:0.5"},
    {"tab": "width", "model": "mobilenet_v1"},
    {"tab": "width", "model": "vgg16"},
    {"tab": "weights"},
    {"tab": "weights", "what": "columns", "threshold": "5"},
]


def _say(key: str, **values: object) -> str:
    return messages("en")(f"dashboard_pruning.{key}", **values)


def _shows(sight: Sight, totals: dict[str, int]) -> None:
    for name in TOTALS:
        expect(sight.total(name)).to_have_attribute("data-value", str(totals[name]))


def _pruned(prune: Any, name: str = "mobilenet_v2") -> CostTable:
    return count(build(name, prune=prune))


def test_one_ratio_gives_what_the_command_counts(
    see: See, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["count", "mobilenet_v1", "--prune", "0.5", "--format", "json"]) == 0
    half = json.loads(capsys.readouterr().out)["totals"]
    whole = _pruned(None, "mobilenet_v1")
    sight = see("pruning", model="mobilenet_v1")
    _shows(sight, whole.totals)
    expect(sight.page.locator("tr.shrinks")).to_have_count(0)
    sight.page.get_by_role("button", name=_say("try_uniform")).click()
    _shows(sight, half)
    expect(sight.page).to_have_url(re.compile(r"prune=0\.5"))
    shrunk = shrink(whole, _pruned("0.5", "mobilenet_v1"))
    expect(sight.page.locator("tr.shrinks")).to_have_count(shrunk.shrinking)
    sight.settle()  # a key pressed while the page is still drawn is lost
    slider = sight.page.get_by_role("slider", name=_say("everywhere"))
    slider.press("ArrowLeft")
    _shows(sight, _pruned("0.45", "mobilenet_v1").totals)
    expect(sight.page).to_have_url(re.compile(r"prune=0\.45"))
    sight.page.reload()
    _shows(sight, _pruned("0.45", "mobilenet_v1").totals)
    sight.page.get_by_role("button", name=_say("nothing_cut")).click()
    _shows(sight, whole.totals)


def test_a_stage_is_cut_alone_and_the_link_restores_it(see: See) -> None:
    sight = see("pruning", cut="stage")
    sight.page.get_by_role("slider", name="stage 3").press("ArrowRight")
    _shows(sight, _pruned({"stage_3": "0.05"}).totals)
    sight.settle()
    sight.page.get_by_role("slider", name="stage 5").press("End")
    both = _pruned({"stage_3": "0.05", "stage_5": "0.9"})
    _shows(sight, both.totals)
    expect(sight.page).to_have_url(re.compile(r"stage_5[^&]*0\.9.*cut=stage"))
    # the chart follows: each row's change is told
    rows = shrink(_pruned(None), both).records()
    left = next(row["madds_left"] for row in rows if row["key"] == "conv_9")
    bars = sight.page.locator('[aria-label^="conv_9: "]')
    expect(bars.first).to_have_attribute("aria-label", re.compile(f"{left - 100:.1f}%"))
    other = see()
    other.page.goto(sight.page.url)
    other.settle()
    _shows(other, both.totals)
    expect(other.page.get_by_role("slider", name="stage 5")).to_be_visible()


def _type(sight: Sight, row: int, text: str) -> None:
    """Write a share into a row of the groups, from 1."""
    grid = sight.page.get_by_test_id("stDataFrame").locator(".dvn-scroller")
    grid.click(position={"x": 60, "y": ROW * row + ROW // 2})
    sight.page.keyboard.press("ArrowRight")
    sight.page.keyboard.press("Enter")
    cell = sight.page.locator("#portal input").first
    cell.fill(text)
    cell.press("Enter")


def test_groups_are_cut_by_what_is_typed(see: See) -> None:
    first, second = [group.name for group in build("mobilenet_v2").graph.prunable[:2]]
    sight = see("pruning", cut="group")
    _type(sight, 1, "0.5")
    _shows(sight, _pruned({first: "0.5"}).totals)
    sight.settle()
    _type(sight, 2, "0.25")
    both = _pruned({first: "0.5", second: "0.25"})
    _shows(sight, both.totals)
    expect(sight.page).to_have_url(re.compile(r"prune=[^&]*0\.25"))
    sight.page.reload()
    _shows(sight, both.totals)
    sight.page.get_by_role("button", name=_say("nothing_cut")).click()
    _shows(sight, _pruned(None).totals)
    # what was typed is forgotten: the next cut is of one group alone
    sight.settle()
    _type(sight, 2, "0.5")
    _shows(sight, _pruned({second: "0.5"}).totals)


def test_another_ratio_is_compared_and_the_tables_are_taken_away(see: See) -> None:
    sight = see("pruning", tab="width", model="mobilenet_v1")
    sight.page.get_by_text("r = 0.75", exact=True).click()
    table = sight.page.get_by_role("table", name=_say("groups_of", ratio="0.75", alpha="0.25"))
    expect(table).to_be_visible()
    expect(sight.page).to_have_url(re.compile(r"cut_r=0\.75"))
    sight.page.get_by_role("button", name=messages("en")("dashboard.export")).click()
    name = re.compile(f"JSON.*{re.escape(_say('file_alpha'))}")
    with sight.page.expect_download() as waiting:
        sight.page.get_by_role("button", name=name).click()
    records = json.loads(Path(waiting.value.path()).read_bytes())
    assert [one["prune"] for one in records if one["same"]] == [0.25, 0.5, 0.75]


def test_a_threshold_has_its_sparsity(see: See) -> None:
    sight = see("pruning", tab="weights")
    page = sight.page.get_by_test_id("stMain")
    page.get_by_role("slider", name=_say("threshold_weights")).press("ArrowRight")
    cut = sizes(matrix("weights", 0.6))
    expect(page).to_contain_text(f"{cut['gone']} of 16 weights are cut: sparsity {cut['percent']}")
    expect(page.locator(".st-key-matrix td.cut")).to_have_count(cut["gone"])
    page.get_by_role("slider", name=_say("gamma")).press("End")
    expect(page.locator(".st-key-channel td.cut")).to_have_count(16 + 4 + 16)
    page.get_by_role("slider", name=_say("gamma")).press("Home")
    expect(page.locator(".st-key-channel td.cut")).to_have_count(0)
    assert column(0).kept.all()
    page.get_by_role("slider", name=_say("share")).press("ArrowRight")
    expect(page).to_contain_text(f"{4096 * 11 // 20:,} of 4,096 weights are cut")
    expect(sight.page).to_have_url(re.compile(r"threshold=0\.6.*gamma=0.*share=0\.55"))
    sight.page.reload()
    expect(page.locator(".st-key-matrix td.cut")).to_have_count(cut["gone"])
    expect(page).to_contain_text(f"{4096 * 11 // 20:,} of 4,096 weights are cut")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("query", VIEWS, ids=lambda query: "-".join(query.values()))
def test_every_view_fits_a_phone_and_is_accessible(
    see: See, query: dict[str, str], *, dark: bool
) -> None:
    sight = see("pruning", phone=True, dark=dark, lang="zh" if dark else "en", **query)
    assert sight.overflow() <= 0
    assert sight.violations() == []
