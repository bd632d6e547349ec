"""The commands that run a net: crosscheck and measure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import archcalc.models.latency

torch = pytest.importorskip("torch")


@pytest.fixture(autouse=True)
def _leave_the_allocator(monkeypatch: pytest.MonkeyPatch) -> None:
    # it cannot be undone, and this process has other tests to run
    monkeypatch.setattr(archcalc.models.latency, "keep_freed_memory", lambda: False)


def test_measure(run: Any, tiny: Path) -> None:
    ran = run("measure", tiny, "--quick", "--runtime", "folded,eager", "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    data = ran.data
    assert data.keys() == {"machine", "protocol", "runs"}
    assert [one["runtime"] for one in data["runs"]] == ["folded", "eager"]
    one = data["runs"][0]
    assert one["latency_ms"].keys() == {"median", "low", "high", "p10", "p90", "cpu_median"}
    assert one["closure_percent"] is not None
    assert one["layers"][0]["ids"] == ["stem.1.conv", "stem.1.norm"]
    assert one["layers"][0].keys() >= {"ids", "op", "median_ms"}


def test_measure_for_people(run: Any, tiny: Path) -> None:
    out = run("measure", tiny, "--quick", "--layers", columns=80).out
    for words in ("processor", "protocol", "median ms", "closure", "dwconv 3x3"):
        assert words in out
    assert "--layers prints" not in out
    assert "--layers prints" in run("measure", tiny, "--quick").out


def test_measure_without_layers_times_none(run: Any, tiny: Path) -> None:
    data = run("measure", tiny, "--quick", "--no-layers", "--format", "json").data
    assert data["runs"][0]["layers"] == []
    assert data["runs"][0]["closure_percent"] is None


def test_measure_writes_its_remarks(run: Any, tiny: Path, tmp_path: Path) -> None:
    path = tmp_path / "latency.md"
    ran = run("measure", tiny, "--quick", "-o", path)
    assert ran.err == f"wrote {path}\n"
    text = path.read_text()
    for words in ("# tiny · 8x8x3 · latency", "- processor:", "- protocol:", "closure"):
        assert words in text


def test_measure_of_an_unknown_runtime(run: Any, tiny: Path) -> None:
    ran = run("measure", tiny, "--runtime", "fold")
    assert ran.code == 2
    assert "did you mean 'folded'?" in ran.err


def test_crosscheck(run: Any, tiny: Path) -> None:
    pytest.importorskip("fvcore")
    ran = run("crosscheck", tiny, "--format", "json")
    assert ran.code == 0
    assert ran.data["equal"] is True
    assert all(row["equal"] for row in ran.data["layers"])
    assert ran.data["differences"]["fvcore"]["unexplained"] == 0


def test_crosscheck_for_people(run: Any, tiny: Path) -> None:
    pytest.importorskip("fvcore")
    out = run("crosscheck", tiny, columns=80).out
    assert "fvcore − archcalc = " in out
    assert "norm " in out
    assert "all differences are explained" in out
