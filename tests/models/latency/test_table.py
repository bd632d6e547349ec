"""The table as JSON, as a frame and in a notebook."""

import json
import sys
from dataclasses import replace

import pytest

from archcalc.base.errors import ArchcalcError, MissingPackage
from archcalc.models.latency.table import Latency, LatencyTable, LayerLatency, RuntimeLatency
from tests.each import each

RUN = RuntimeLatency(
    runtime="folded",
    latency_ms=Latency(median=2.0, low=None, high=None, p10=1.5, p90=3.0, cpu_median=1.9),
    sum_of_layers_ms=1.9,
    end_to_end_ms=2.0,
    closure_percent=-5.0,
    overhead_percent=1.0,
    passes=2,
    first_call_ms=4.0,
    preparation_s=0.1,
    cpu_per_wall=1.0,
    page_faults=None,
    error_against_eager=0.0,
    notes=("wall clock",),
    layers=(LayerLatency(("a.conv", "a.<norm>"), "conv 3x3", 1.9, 1.8, 2.5, 100.0),),
    samples_ms={"wall": (2.0, 2.1), "cpu": (1.9, 1.9)},
)
TABLE = LatencyTable(machine={"cpu": "Test"}, protocol={"clock": "wall"}, runs=(RUN,))


def test_it_is_the_contract_and_reads_back_from_json() -> None:
    data = TABLE.to_dict()
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert list(data) == ["machine", "protocol", "runs"]
    run = data["runs"][0]
    assert {"runtime", "latency_ms", "sum_of_layers_ms", "closure_percent", "layers"} <= set(run)
    assert list(run["latency_ms"]) == ["median", "low", "high", "p10", "p90", "cpu_median"]
    assert {"ids", "op", "median_ms"} <= set(run["layers"][0])
    assert run["layers"][0]["ids"] == ["a.conv", "a.<norm>"]
    assert run["samples_ms"] == {"wall": [2.0, 2.1], "cpu": [1.9, 1.9]}


def test_what_was_stored_is_the_same_table() -> None:
    stored = json.loads(json.dumps(TABLE.to_dict()))
    assert LatencyTable.from_dict(stored) == TABLE


@each(
    "data",
    [None, [], {}, {"machine": {}, "protocol": {}, "runs": [{}]}, {"runs": 3}, "latency"],
)
def test_data_of_no_table_raises(data: object) -> None:
    with pytest.raises(ArchcalcError, match="no table of latencies"):
        LatencyTable.from_dict(data)


def test_an_unknown_figure_raises() -> None:
    data = TABLE.to_dict()
    data["runs"][0]["nonsense"] = 1
    with pytest.raises(ArchcalcError, match="nonsense"):
        LatencyTable.from_dict(data)


def test_a_frame_has_one_record_a_layer() -> None:
    pytest.importorskip("pandas")
    frame = TABLE.to_frame()
    assert frame["id"].tolist() == ["a.conv + a.<norm>"]
    assert frame["median_ms"].tolist() == [1.9]
    whole = replace(TABLE, runs=(replace(RUN, layers=()),)).to_frame()
    assert whole["median"].tolist() == [2.0]


def test_a_frame_without_pandas_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingPackage, match="pandas"):
        TABLE.to_frame()


def test_a_notebook_shows_it_escaped() -> None:
    html = TABLE._repr_html_()
    # what is folded into a layer is named by its last part
    assert ">a.conv + &lt;norm&gt;</th>" in html
    assert ">1.900</td>" in html
