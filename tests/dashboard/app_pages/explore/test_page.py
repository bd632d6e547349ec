"""Explore in a browser: knobs change totals to what `count` says, and a link restores them."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archcalc import build, count, load
from archcalc.base.messages import HTML_LANG, LANGUAGES, messages
from tests.dashboard.browser import Sight

expect = pytest.importorskip("playwright.sync_api", reason="playwright is missing").expect

See = Callable[..., Sight]


def test_a_knob_changes_the_totals_and_the_link_restores_them(see: See) -> None:
    sight = see("", baseline="mobilenet_v2")
    whole, wider = count(build("mobilenet_v2")), count(build("mobilenet_v2", width="1.05"))
    expect(sight.total("madds")).to_have_attribute("data-value", str(whole.madds))
    sight.page.get_by_role("slider", name="Width multiplier").press("ArrowRight")
    for name in ("madds", "params", "weight_bytes", "peak_memory_bytes"):
        expect(sight.total(name)).to_have_attribute("data-value", str(wider.totals[name]))
    expect(sight.page).to_have_url(re.compile(r"width=1\.05"))
    sight.page.reload()  # a session of its own, which knows nothing but the address
    expect(sight.total("madds")).to_have_attribute("data-value", str(wider.madds))
    expect(sight.total("madds").locator(".change")).to_contain_text("%")


def _marked_row(sight: Sight) -> Any:
    return sight.page.locator(".layers tr.at")


def _row(sight: Sight, key: str) -> Any:
    return sight.page.get_by_role("button", name=key, exact=True)


def _bar(sight: Sight, key: str) -> Any:
    return sight.page.locator(f'.shares [data-at="{key}"]')


@pytest.mark.slow
def test_a_bar_marks_its_row_and_a_row_its_bar(see: See) -> None:
    sight = see()
    _bar(sight, "bottleneck_3.2").click()
    expect(_marked_row(sight)).to_contain_text("bottleneck_3.2")
    expect(sight.page).to_have_url(re.compile(r"at=bottleneck_3\.2"))
    # by the keyboard too
    _row(sight, "bottleneck_4.1").press("Enter")
    expect(_marked_row(sight)).to_contain_text("bottleneck_4.1")
    expect(sight.page).to_have_url(re.compile(r"at=bottleneck_4\.1"))
    expect(_row(sight, "bottleneck_4.1")).to_be_focused()
    expect(_bar(sight, "bottleneck_4.1")).to_have_class("column at")
    expect(_bar(sight, "bottleneck_3.2")).to_have_class("column")
    # the bar that was clicked first is clicked again, and the browser goes back
    sight.settle()
    _bar(sight, "bottleneck_3.2").click()
    expect(_marked_row(sight)).to_contain_text("bottleneck_3.2")
    expect(sight.page).to_have_url(re.compile(r"at=bottleneck_3\.2"))
    sight.settle()  # a page that is still drawn does not hear that the browser went back
    sight.page.go_back()
    expect(_marked_row(sight)).to_contain_text("bottleneck_4.1")


@pytest.mark.slow
def test_a_piece_of_the_icicle_opens_its_block(see: See) -> None:
    sight = see(by="op")
    sight.page.locator('.icicle [data-key="bottleneck_8.1"]').click()
    expect(sight.page.locator(".st-key-marked")).to_contain_text("bottleneck_8.1")
    expect(sight.page.locator(".st-key-drawing img")).to_have_attribute(
        "alt", re.compile("bottleneck_8.1")
    )


@pytest.mark.slow
def test_a_click_on_a_head_sorts_the_table_and_the_next_ones_turn_it_back(see: See) -> None:
    sight = see(by="op")
    sums = count(build("mobilenet_v2")).by("op").records()
    names = [row["key"] for row in sums]
    largest = [row["key"] for row in sorted(sums, key=lambda row: -row["params"])]
    least = [row["key"] for row in sorted(sums, key=lambda row: row["params"])]
    head = sight.page.get_by_role("button", name="parameters", exact=True)
    for order in (largest, least, names):
        head.click()
        expect(sight.page.locator(".layers tbody th")).to_have_text(order)
    head.click()
    # what is counted anew keeps the order
    sight.page.get_by_role("slider", name="Width multiplier").press("ArrowRight")
    wider = max(count(build("mobilenet_v2", width="1.05")).by("op").records(),
                key=lambda row: row["params"])  # fmt: skip
    first = sight.page.locator(".layers tbody tr").first
    expect(first).to_contain_text(f"{wider['params']:,}")
    # it is kept by name: layers have other columns in between, and blocks none for what layers have
    sight.page.get_by_text("layer", exact=True).first.click()
    most = max(count(build("mobilenet_v2", width="1.05")).layers, key=lambda one: one.params)
    expect(first).to_contain_text(f"{most.params:,}")
    sight.page.get_by_role("button", name="kernel", exact=True).click()
    sight.page.get_by_text("block", exact=True).first.click()
    expect(sight.page.locator(".layers tbody th").first).to_have_text("conv_1.1")


@pytest.mark.slow
def test_figures_stand_beside_the_pointer_and_the_command_is_copied(see: See) -> None:
    sight = see()
    row = next(r for r in count(build("mobilenet_v2")).by("block").records()
               if r["key"] == "bottleneck_3.2")  # fmt: skip
    _bar(sight, "bottleneck_3.2").hover()
    expect(sight.page.locator("#archcalc-tip")).to_contain_text(f"MAdds: {row['madds']:,} (")
    sight.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sight.page.get_by_role("button", name="Copy").click()
    expect(sight.page.get_by_role("button", name="Copy")).to_have_class("copied")
    copied = sight.page.evaluate("navigator.clipboard.readText()")
    assert copied == sight.page.locator(".command code").inner_text()


def _saved(sight: Sight, name: str, folder: Path) -> Path:
    with sight.page.expect_download() as waiting:
        sight.page.get_by_role("button", name=name, exact=True).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


@pytest.mark.slow
@pytest.mark.ci
def test_the_view_is_taken_away(see: See, tmp_path: Path) -> None:
    sight = see("", width="0.75", by="op")
    sight.page.get_by_text("Export this view").click()
    path = _saved(sight, "CSV: this table", tmp_path)
    assert path.name == "mobilenet_v2@0.75_by_op.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    counted = count(build("mobilenet_v2", width="0.75"))
    assert {row["key"]: int(row["madds"]) for row in rows} == {
        one["key"]: one["madds"] for one in counted.by("op").records()
    }


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_reports_and_workbooks_are_taken_away(see: See, tmp_path: Path, language: str) -> None:
    t = messages(language)
    sight = see("", width="0.75", lang=language)
    sight.page.get_by_text(t("dashboard.export")).click()

    def saved(kind: str, what: str) -> bytes:
        name = t("dashboard.file", kind=kind, what=t(f"dashboard.file_{what}"))
        return _saved(sight, name, tmp_path).read_bytes()

    assert f'<html lang="{HTML_LANG[language]}"'.encode() in saved("HTML", "report")
    assert saved("PDF", "report").startswith(b"%PDF")
    assert saved("XLSX", "workbook").startswith(b"PK")
    assert saved("SVG", "drawing").startswith(b"<svg")
    assert saved("YAML", "spec").decode() == load("mobilenet_v2").to_yaml()


@pytest.mark.slow
def test_two_sessions_do_not_disturb_each_other(see: See) -> None:
    one, other = see("", width="0.75"), see("", width="0.5", lang="zh")
    one.page.get_by_role("slider", name="Prune ratio").press("ArrowRight")
    pruned = count(build("mobilenet_v2", width="0.75", prune="0.05"))
    expect(one.total("params")).to_have_attribute("data-value", str(pruned.params))
    other.page.get_by_role("slider", name="剪枝率").press("ArrowRight")
    pruned = count(build("mobilenet_v2", width="0.5", prune="0.05"))
    expect(other.total("params")).to_have_attribute("data-value", str(pruned.params))
    expect(one.page.get_by_test_id("stHeading").first).to_have_text("MobileNet V2")


@pytest.mark.slow
def test_the_browser_s_language_is_met_unless_another_is_asked_for(see: See) -> None:
    sight = see("", locale="zh-CN", width="0.75")
    language = sight.page.get_by_role("radiogroup", name=messages("zh")("dashboard.language"))
    expect(language).to_be_visible()
    assert "lang" not in sight.page.url
    sight.page.get_by_role("radio", name="English").click()
    expect(sight.page.locator("html")).to_have_attribute("lang", "en")
    expect(sight.page).to_have_url(re.compile("lang=en"))
    sight.page.reload()
    sight.settle()
    expect(sight.page.get_by_text("Width multiplier")).to_be_visible()


@pytest.mark.slow
def test_what_no_slider_has_is_typed(see: See) -> None:
    sight = see("", model="mobilenet_v1")
    sight.page.get_by_role("button", name="Exact values").click()

    def type_in(name: str, text: str) -> None:
        field = sight.page.get_by_role("textbox", name=name)
        field.fill(text)
        field.press("Enter")

    type_in("Resolution", "224x160")
    type_in("Width multiplier", "0.3333")
    net = build("mobilenet_v1", width="0.3333", resolution="224x160")
    expect(sight.total("madds")).to_have_attribute("data-value", str(count(net).madds))
    type_in("Prune ratio", "stage_3:0.5")
    pruned = count(build(net.spec, width="0.3333", resolution="224x160", prune={"stage_3": 0.5}))
    expect(sight.total("madds")).to_have_attribute("data-value", str(pruned.madds))
    type_in("Prune ratio", "a lot")
    expect(sight.page.get_by_role("alert")).to_contain_text("prune must be a number")
    expect(sight.total("madds")).to_have_attribute("data-value", str(pruned.madds))
    type_in("Prune ratio", "stage_99:0.5")
    refused = sight.page.locator(".st-key-page_refused")
    expect(refused).to_contain_text("stage_99")
    refused.get_by_role("button", name="Back to what worked").click()
    expect(sight.total("madds")).to_have_attribute("data-value", str(pruned.madds))


@pytest.mark.slow
def test_the_first_page_is_found_by_its_name_and_back_is_one_step(see: See) -> None:
    sight = see("explore", model="mobilenet_v1", by="row", width="0.5")
    expect(sight.page).to_have_url(re.compile(r"/\?model=mobilenet_v1&by=row&width=0.5$"))
    madds = str(count(build("mobilenet_v1", width="0.5")).madds)
    expect(sight.total("madds")).to_have_attribute("data-value", madds)
    sight.page.get_by_role("link", name="Compare").first.click()
    expect(sight.page).to_have_url(re.compile(r"/compare\?.*width=0.5"))
    sight.settle()
    sight.page.go_back()
    expect(sight.page).to_have_url(re.compile(r"/\?model=mobilenet_v1&by=row&width=0.5$"))
    expect(sight.total("madds")).to_have_attribute("data-value", madds)
