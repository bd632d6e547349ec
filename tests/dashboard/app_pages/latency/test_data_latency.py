"""What Latency shows is what was measured, beside what `count` says."""

from __future__ import annotations

import io
import json

import pytest

from archcalc import build, count, load
from archcalc.base.messages import messages
from archcalc.base.units import format_ms
from archcalc.models.latency import QUICK, STANDARD, LatencyTable, measure, runtime_names
from archcalc.models.latency.timer import Schedule
from archcalc.output.present.latency import awaited_ops, awaited_table, by_op_table
from dashboard.app_pages.latency.data_awaited import (
    awaited_layers,
    awaited_picture,
    plan_words,
)
from dashboard.app_pages.latency.data_files import files_of
from dashboard.app_pages.latency.data_latency import (
    FIELDS,
    PASSES,
    Measured,
    layer_records,
    op_picture,
    request_of,
    run_of,
    sums,
    taken_runtimes,
)
from dashboard.kit.measured import BATCH, RUNTIMES, THREADS, step_words
from dashboard.shell.fields import read_all

NET = build(load("mobilenet_v2"), width="0.35", resolution=32)


@pytest.fixture(scope="module")
def table() -> LatencyTable:
    schedule = Schedule(warmup_calls=1, warmup_seconds=0, passes=3, seconds=0)
    return measure(NET, runtime=("eager", "folded"), schedule=schedule)


@pytest.fixture(scope="module")
def measured(table: LatencyTable) -> Measured:
    return Measured(table, run_of(table, "folded"), count(NET))


def test_the_knobs_are_the_request() -> None:
    values = {field: field.default for field in FIELDS}
    request = request_of(NET, {**values, THREADS: 2, BATCH: 4, PASSES: "quick"})
    assert (request.net, request.threads, request.batch, request.quick) == (NET, 2, 4, True)
    assert request.runtimes == ("folded",)
    assert taken_runtimes(["folded", "eager"]) == ("eager", "folded")
    assert taken_runtimes([]) == ("folded",)
    assert request != request_of(NET, values)


def test_a_link_names_known_runtimes() -> None:
    read, faults = read_all(FIELDS, {"lat_runtime": "eager,folded,eager", "lat_batch": "0"})
    assert read[RUNTIMES.name] == ("eager", "folded")
    assert [fault.name for fault in faults] == ["lat_batch"]
    _, (fault,) = read_all(FIELDS, {"lat_runtime": "tflite"})
    assert all(name in fault.why for name in runtime_names())


def test_a_runtime_that_was_not_measured_gives_the_first(table: LatencyTable) -> None:
    assert [run_of(table, name).runtime for name in ("folded", "eager", "x")] == [
        "folded", "eager", "eager",
    ]  # fmt: skip


def test_layers_add_up_to_the_sum_and_to_the_count(measured: Measured) -> None:
    records = layer_records(measured)
    assert sum(r["ms"] for r in records) == pytest.approx(measured.run.sum_of_layers_ms)
    assert sum(r["madds"] for r in records) == measured.cost.madds
    assert sum(r["time_share"] for r in records) == pytest.approx(100)
    assert sum(r["madds_share"] for r in records) == pytest.approx(100)
    assert [r["place"] for r in records] == list(range(1, len(records) + 1))


def test_the_longer_of_sum_and_pass_is_whole(measured: Measured) -> None:
    whole, total = (bar["share"] for bar in sums(measured.run))
    assert max(whole, total) == pytest.approx(100)
    assert 100 * (total / whole - 1) == pytest.approx(measured.run.closure_percent)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_operators_stand_with_both_shares(measured: Measured, language: str) -> None:
    picture = op_picture(messages(language), measured.by_op)
    for series in picture.order:
        own = picture.frame[picture.frame["series"] == series]
        assert own["y"].sum() == pytest.approx(100)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_step_has_words(language: str) -> None:
    t = messages(language)
    told: list[str] = []
    measure(NET, schedule=Schedule(0, 0, 1, 0), progress=told.append)
    words = [step_words(t, told[:n]) for n in range(len(told) + 1)]
    assert len(set(words)) == len(words) == 4
    assert all(one.startswith("folded: ") for one in words[1:])


def test_what_will_be_timed_stands_there_before(measured: Measured) -> None:
    cost, t = measured.cost, messages()
    state = {field: field.default for field in FIELDS}
    for passes, schedule in (("quick", QUICK), ("standard", STANDARD)):
        words = plan_words(t, request_of(NET, {**state, PASSES: passes, BATCH: 4}), cost)
        assert f"at least {schedule.passes} passes" in words
        assert "4 × 32 × 32 × 3" in words
        assert str(len(cost.layers)) in words
    assert sum(one["madds"] for one in awaited_layers(cost)) == cost.madds
    assert sum(one["madds"] for one in awaited_ops(cost)) == cost.madds
    picture = awaited_picture(t, cost)
    assert picture.frame["y"].sum() == pytest.approx(100)
    # the operators that are shown before are those that are timed
    timed = {one["op"] for one in measured.by_op.records()}
    assert set(picture.frame["kind"]) <= timed
    columns = [column.head for column in by_op_table(t, measured.by_op).columns]
    assert [column.head for column in awaited_table(t, cost, "").columns] == columns[:-1]


@pytest.mark.usefixtures("undrawn")
def test_files_carry_what_was_measured(measured: Measured) -> None:
    files = files_of(measured, "zh")
    assert len({one.file for one in files}) == len(files)
    by_kind = {one.suffix: one for one in files[::-1]}
    page = by_kind["html"].make().decode()
    title = messages("zh")("report_latency.title")
    chapter = page.partition('id="latency"')[2]
    assert title in chapter
    for run in measured.table.runs:
        assert f"{format_ms(run.latency_ms.median)} ms" in chapter
    (table,) = (one for one in files if one.suffix == "json" and "by_operator" not in one.file)
    assert LatencyTable.from_dict(json.loads(table.make())) == measured.table


def test_the_workbook_has_a_sheet_of_it(measured: Measured) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    pytest.importorskip("xlsxwriter", reason="XlsxWriter is not installed")
    made = next(one for one in files_of(measured, "en") if one.suffix == "xlsx").make()
    sheet = openpyxl.load_workbook(io.BytesIO(made))["Latency"]
    times = [row[3].value for row in sheet.iter_rows() if row[0].value == "folded"]
    assert times[: len(measured.run.layers)] == [one.median_ms for one in measured.run.layers]
