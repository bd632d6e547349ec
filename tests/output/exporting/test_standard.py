"""The committed reports: complete, and up to date with the code."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from archcalc import ArchcalcError, build, zoo_names
from archcalc.base.errors import UnknownName
from archcalc.models.latency import LatencyTable
from archcalc.output.exporting.__main__ import main
from archcalc.output.exporting.standard import (
    FAMILIES,
    INDEX,
    ITEMS,
    MOBILENETS,
    StandardFile,
    StandardReport,
    build_all,
    index,
    latency_file,
    stored,
)
from archcalc.output.files.ours import guard
from archcalc.output.reporting.compose import document_of
from tests.output.exporting.standard import exact_figures, page_now, words_of

ROOT = Path(__file__).parents[3] / "reports"
REPORTS = [item for item in ITEMS if isinstance(item, StandardReport)]
FILES = [item for item in ITEMS if isinstance(item, StandardFile)]
PAGES = [item for item in REPORTS if "html" in item.suffixes]
PDFS = [item for item in REPORTS if "pdf" in item.suffixes]
_SEAL = re.compile(r"archcalc \d\S* sha256:[0-9a-f]{16}")

MOST_BYTES = 12_000_000
"""What a clone is asked to carry."""


def name(item: StandardReport | StandardFile) -> str:
    return item.name


def test_all_of_the_manifest_is_there_and_nothing_else() -> None:
    kept = {path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if path.is_file()}
    latencies = {latency_file(Path(), model).as_posix() for model in MOBILENETS}
    assert kept == {INDEX, *latencies, *(path for item in ITEMS for path in item.paths)}
    assert sum(path.stat().st_size for path in ROOT.rglob("*") if path.is_file()) <= MOST_BYTES


def test_the_manifest_has_every_family_and_both_languages() -> None:
    assert len({item.name for item in ITEMS}) == len(ITEMS)
    assert set(FAMILIES) | set(MOBILENETS) <= set(zoo_names())
    families = {re.split(r"[_\d]", one)[0] for one in zoo_names()}
    shown = {re.split(r"[_\d]", one)[0] for one in (*FAMILIES, *MOBILENETS)}
    # an Inception is GoogLeNet's next version, SE blocks stand in other nets, Darknet is YOLO's
    assert families - shown == {"inception", "se", "darknet", "ssd"}
    assert {item.name for item in REPORTS if item.language == "zh"} >= {"zh/lecture"}


def test_the_index_is_that_of_the_manifest() -> None:
    assert (ROOT / INDEX).read_text(encoding="utf-8") == index()


def test_everything_is_as_archcalc_wrote_it() -> None:
    for item in ITEMS:
        for path in item.paths:
            if not path.endswith("csv"):  # which has no room for a mark
                guard(ROOT / path)


def held(item: StandardReport, patch: pytest.MonkeyPatch) -> None:
    """Hold the page that is kept against the one of now."""
    kept = (ROOT / f"{item.name}.html").read_text(encoding="utf-8")
    assert words_of(kept) == words_of(page_now(item.subject(ROOT), patch)), "run: make reports"


QUICK = ["lecture", "comparison", "mobilenet_v2"]


@pytest.mark.parametrize("item", [one for one in PAGES if one.name in QUICK], ids=name)
def test_pages_are_up_to_date(item: StandardReport, monkeypatch: pytest.MonkeyPatch) -> None:
    held(item, monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize("item", [one for one in PAGES if one.name not in QUICK], ids=name)
def test_all_pages_are_up_to_date(item: StandardReport, monkeypatch: pytest.MonkeyPatch) -> None:
    held(item, monkeypatch)


def held_on_paper(item: StandardReport, patch: pytest.MonkeyPatch) -> None:
    """Hold a PDF against the figures of now: every exact count stands in it."""
    page_now(item.subject(ROOT), patch)  # leaves the drawing out of the next
    figures = exact_figures(document_of(item.subject(ROOT)))
    reader = PdfReader(ROOT / f"{item.name}.pdf")
    text = " ".join(page.extract_text() for page in reader.pages)
    assert len(figures) > 20
    assert not {one for one in figures if one not in text}, "run: make reports"


@pytest.mark.parametrize("item", [one for one in PDFS if one.name == "vgg16"], ids=name)
def test_a_pdf_has_every_count(item: StandardReport, monkeypatch: pytest.MonkeyPatch) -> None:
    held_on_paper(item, monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize("item", [one for one in PDFS if one.name != "vgg16"], ids=name)
def test_all_pdfs_have_every_count(item: StandardReport, monkeypatch: pytest.MonkeyPatch) -> None:
    held_on_paper(item, monkeypatch)


@pytest.mark.parametrize("item", FILES, ids=name)
def test_files_are_up_to_date(item: StandardFile, tmp_path: Path) -> None:
    item.build(tmp_path)
    kept, now = ROOT / item.path, tmp_path / item.path
    if kept.suffix == ".xlsx":
        assert cells(kept) == cells(now), "run: make reports"
    elif item.path.endswith("sweep.svg"):  # matplotlib's outlines may differ by a version
        assert kept.read_text().count("<path") == now.read_text().count("<path")
    else:
        texts = [_SEAL.sub("SEAL", path.read_text(encoding="utf-8")) for path in (kept, now)]
        assert texts[0] == texts[1], "run: make reports"


def cells(path: Path) -> dict[str, list[list[object]]]:
    book = load_workbook(path)
    return {sheet.title: [list(row) for row in sheet.values] for sheet in book}


def test_a_csv_opens_as_a_table() -> None:
    text = (ROOT / "files/mobilenet_v2.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == len(build("mobilenet_v2").graph.nodes)


def test_latencies_are_those_that_were_measured() -> None:
    for model, table in zip(MOBILENETS, stored(ROOT, MOBILENETS), strict=True):
        (run,) = table.runs
        known = {node.id for node in build(model).graph.nodes}
        ids = {one for layer in run.layers for one in layer.ids}
        assert known <= ids
        assert json.loads(latency_file(ROOT, model).read_text()) == table.to_dict()


def test_a_missing_measurement_raises(tmp_path: Path) -> None:
    with pytest.raises(ArchcalcError, match="--latency measures it"):
        stored(tmp_path, ["mobilenet_v1"])
    broken = latency_file(tmp_path, "mobilenet_v1")
    broken.parent.mkdir()
    broken.write_text("{}")
    with pytest.raises(ArchcalcError, match="no table of latencies"):
        stored(tmp_path, ["mobilenet_v1"])
    assert isinstance(stored(ROOT, ["mobilenet_v1"])[0], LatencyTable)


def test_building_one_by_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-o", str(tmp_path), "--only", "files/mobilenet_v2.md"]) == 0
    assert capsys.readouterr().err == "built files/mobilenet_v2.md\n"
    assert (tmp_path / "files/mobilenet_v2.md").is_file()
    assert (tmp_path / INDEX).read_text(encoding="utf-8") == index()
    assert main(["-o", str(tmp_path), "--only", "nonsense"]) == 2
    assert "nonsense" in capsys.readouterr().err


def test_an_unknown_name() -> None:
    with pytest.raises(UnknownName, match="unknown report 'lecutre'"):
        list(build_all(ROOT, "lecutre"))
