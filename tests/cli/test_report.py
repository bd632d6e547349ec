"""``archcalc report``: the files it writes, and its messages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from archcalc.cli import _options, _report, report
from archcalc.models.latency import LatencyTable
from archcalc.output.reporting.engines import chromium, engines, weasyprint

pytestmark = pytest.mark.usefixtures("undrawn")


@pytest.fixture
def any_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines()["weasyprint"].__class__, "pdf", lambda *_: b"%PDF-1.7 of it")


@pytest.mark.usefixtures("any_pdf")
def test_a_report_of_each_and_a_comparison(run: Any, tiny: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    names = ["tiny", "tiny@0.5-16", "comparison"]
    ran = run("report", tiny, f"{tiny}@0.5-16", "--no-latency", "-o", out)
    assert (ran.code, ran.out) == (0, "")
    wrote = [f"wrote {out / name}.{suffix}" for name in names for suffix in ("html", "pdf")]
    assert ran.err.splitlines() == wrote
    assert all((out / f"{name}.html").exists() for name in names)
    again = run("report", tiny, f"{tiny}@0.5-16", "--no-latency", "-o", out)
    assert again.err == ran.err  # ours, so overwritten


@pytest.mark.usefixtures("any_pdf")
def test_formats_and_languages(run: Any, tiny: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ran = run("report", tiny, "--no-latency", "--format", "html", "--lang", "zh", "-o", out)
    assert ran.code == 0
    assert [path.name for path in out.iterdir()] == ["tiny.html"]
    assert 'lang="zh-Hans"' in (out / "tiny.html").read_text()
    assert run("report", tiny, "--format", "docx", "-o", out).code == 2
    assert run("report", tiny, "--format", ",", "-o", out).code == 2
    assert run("report", tiny, "--lang", "fr", "-o", out).code == 2
    assert run("report", tiny, "-o", "x.docx").err.startswith("x.docx: a report is a file in")


def test_one_file_of_several_is_the_comparison(run: Any, tiny: Path, tmp_path: Path) -> None:
    path = tmp_path / "both.html"
    ran = run("report", tiny, f"{tiny}@2", "--no-latency", "-o", path)
    assert ran.err == f"wrote {path}\n"
    assert "tiny@2" in path.read_text()


def test_options_reach_the_net(run: Any, tiny: Path, tmp_path: Path) -> None:
    ran = run(
        "report", tiny, "--width", "2", "--resolution", "16x8", "--param", "k=7", "--no-latency",
        "--format", "html", "--convention", "fvcore", "--batch", "3", "-o", tmp_path / "out",
    )  # fmt: skip
    page = (tmp_path / "out" / "tiny@2-16x8.html").read_text()
    assert ran.code == 0
    for said in ("16 × 8 × 3", "fvcore", "batch 3"):
        assert said in page


def test_without_an_engine(
    run: Any, tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weasyprint, "_import", lambda: (None, "WeasyPrint is not installed"))
    monkeypatch.setattr(chromium, "_browser", lambda: None)
    out = tmp_path / "out"
    ran = run("report", tiny, f"{tiny}@2", "--no-latency", "-o", out)
    assert ran.code == 2
    assert sorted(path.name for path in out.iterdir()) == [
        "comparison.html", "tiny.html", "tiny@2.html",
    ]  # fmt: skip
    last = ran.err.splitlines()[-1]
    assert last.startswith(
        "no PDF engine: WeasyPrint is not installed; no Chrome, Chromium or Edge"
    )
    assert run("report", tiny, "--no-latency", "--format", "html", "-o", out).code == 0
    assert "PDF by chromium: no Chrome" in run("doctor").out
    engines_told = run("doctor", "--format", "json").data["pdf_engines"]
    assert [one["available"] for one in engines_told] == [False, False]


def test_files_of_others(run: Any, tiny: Path, tmp_path: Path) -> None:
    path = tmp_path / "tiny.html"
    path.write_text("mine")
    ran = run("report", tiny, "--no-latency", "--format", "html", "-o", tmp_path)
    assert (ran.code, path.read_text()) == (2, "mine")
    args = ("report", tiny, "--no-latency", "--format", "html", "--force", "-o", tmp_path)
    assert run(*args).code == 0


def test_a_character_without_a_glyph_is_reported(run: Any, tiny: Path, tmp_path: Path) -> None:
    tiny.write_text(tiny.read_text() + "title: x 𓀀\n")
    ran = run("report", tiny, "--no-latency", "-o", tmp_path / "r.html")
    assert ran.code == 0
    assert ran.err.splitlines()[0] == "tiny: 1 character has no glyph in the report's fonts: 𓀀"


def test_latency_is_measured_where_torch_is(
    run: Any, tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def measure(net: Any, **options: Any) -> LatencyTable:
        asked.append((net.title, options["batch"], options["schedule"].passes))
        return LatencyTable(machine={}, protocol={}, runs=())

    monkeypatch.setattr("archcalc.models.latency.measure", measure)
    monkeypatch.setattr("archcalc.models.latency.keep_freed_memory", lambda: None)
    seen = []
    monkeypatch.setattr(_report.Job, "write", lambda job, *_: seen.append(job.subject) or [])
    args = ("report", tiny, f"{tiny}@2", "--batch", "2", "-o", tmp_path)
    assert run(*args, "--quick").code == 0
    assert [title for title, _, _ in asked] == ["tiny", "tiny@2"]
    assert {batch for _, batch, _ in asked} == {2}
    assert [sorted(subject.latencies) for subject in seen] == [
        ["tiny"], ["tiny@2"], ["tiny", "tiny@2"],
    ]  # fmt: skip
    monkeypatch.setattr(_report, "find_spec", lambda _: None)
    assert run(*args).code == 0
    assert [len(subject.latencies) for subject in seen[3:]] == [0, 0, 0]


def test_completion() -> None:
    assert _options.complete_language("z") == [("zh", "简体中文")]
    assert report.complete_engine("") == ["weasyprint", "chromium"]
    assert report.complete_formats("html,") == ["html,html", "html,pdf"]
