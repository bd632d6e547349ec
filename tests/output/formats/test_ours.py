"""Only files that archcalc wrote, and nobody edited, are overwritten."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path

import matplotlib as mpl
import numpy as np
import openpyxl
import pandas as pd
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

import archcalc
from archcalc.base.errors import ArchcalcError
from archcalc.cost.scaling.sweeping import sweep
from archcalc.output import charts, formats
from archcalc.output.files.ours import GENERATOR, chunks, guard, marked, sealed
from archcalc.output.formats._sink import Head
from archcalc.output.formats._stream import files
from tests.hostile import TEXTS, Hostile

SEALED = ["html", "md", "svg", "tex", "yaml"]
REFUSED = "exists and is not as archcalc wrote it; --force overwrites it"


def refused(path: Path, data: bytes | None = None) -> bool:
    """Tell whether the guard refuses, without a change and in one line; force never is."""
    before, told = path.read_bytes(), []
    guard(path, data, force=True)
    try:
        guard(path, data)
    except ArchcalcError as error:
        told.append(str(error))
    assert path.read_bytes() == before
    assert told in ([], [f"{path}: {REFUSED}"])
    return bool(told)


@pytest.mark.parametrize("name", formats.format_names())
def test_what_was_written_is_ours(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"a.{name}"
    table = archcalc.count(archcalc.build("mobilenet_v1"))
    data = formats.write(table, path).read_bytes()
    assert not refused(path, data)
    guard(path)


@pytest.mark.parametrize("name", ["csv", "json", "md", "tex", "parquet"])
def test_what_was_streamed_is_ours(tmp_path: Path, name: str) -> None:
    path, grid = tmp_path / f"a.{name}", sweep("mobilenet_v1", widths="0.5,1")
    with files([path], Head(grid.title, grid.columns)) as (sink,):
        for block in grid.batches():
            sink.write(block)
    assert not refused(path, path.read_bytes())


@pytest.mark.parametrize("name", SEALED)
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_seal_holds_for_any_text_and_breaks_with_any_edit(
    tmp_path: Path, name: str, text: str
) -> None:
    path = tmp_path / f"a.{name}"
    whole = sealed(f"above {text}\n", name).encode()
    path.write_bytes(whole)
    assert not refused(path)
    path.write_bytes(whole.replace(b"\n", b"\r\n"))  # as a version control may change it
    assert not refused(path)
    for edited in (
        whole.replace(b"above", b"below"),
        b"x\n" + whole,
        whole + b"x\n",
        whole.partition(b"\n")[2],
        b"\\documentclass{article}\n" + whole + b"\\end{document}\n",
    ):
        path.write_bytes(edited)
        assert refused(path)


@pytest.mark.parametrize("name", [*SEALED, "yml", "csv", "json", "parquet", "pdf", "png", "xlsx"])
@pytest.mark.parametrize(
    "content", [b"x", b"archcalc", b"{", b"\xff\xfe\x00", b"PAR1", b"PK\x03\x04", b"<html>", b"[1]"]
)
def test_what_is_not_ours(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / f"a.{name}"
    path.write_bytes(content)
    assert refused(path, b'{"a": 1}' if name == "json" else b"a,b\n1,2\n")


@pytest.mark.parametrize(
    ("name", "ours", "also", "not_ours"),
    [
        ("csv", "a,b\n1,2\n", '\ufeffa,b\r\n"x\ny",\n', "a,c\n1,2\n"),
        ("csv", '"a\nb",c\n', '"a\nb",c\nx,y\n', "a\n"),
        ("json", '{"a": 1, "b": [2]}', '{"a": {"c": 3}, "b": null}', '{"a": 1}'),
        ("json", '[{"a": 1, "b": 2}]', '[\n  {"a": 3, "b": 4},\n  {"a": 5', "[1, 2]"),
    ],
)
def test_csv_and_json_are_known_by_their_head(
    tmp_path: Path, name: str, ours: str, also: str, not_ours: str
) -> None:
    path = tmp_path / f"a.{name}"
    for text in (ours, also, not_ours):
        path.write_text(text)
        assert refused(path, ours.encode()) is (text == not_ours)


def test_pictures_are_ours_where_we_drew_them(tmp_path: Path) -> None:
    figure = charts.figure(charts.cost_by_width(sweep("mobilenet_v1", widths="0.5,1")))
    for name in ("svg", "png", "pdf"):
        path = tmp_path / f"a.{name}"
        charts.save(figure, path)
        assert not refused(path)
        with mpl.rc_context():
            figure.savefig(path)
        assert refused(path)


@pytest.mark.parametrize("content", ["<head>{}</head>", "<!doctype html>\n<meta charset=utf-8>{}"])
def test_pages_by_their_generator(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.html"
    for generator, ours in ((GENERATOR, True), ("Hugo 0.1", False)):
        path.write_text(content.format(f'<meta name="generator" content="{generator}">'))
        assert refused(path) is not ours


def test_workbooks_by_their_properties(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    for words, ours in ((f"written by {GENERATOR}", True), ("mine", False)):
        book = openpyxl.Workbook()
        book.properties.description = words
        book.save(path)
        assert refused(path) is not ours


def test_parquet_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pd.DataFrame({"x": [1]}).to_parquet(path)
    assert refused(path)


def _png(*, text: str | None) -> bytes:
    from PIL.PngImagePlugin import PngInfo

    about = PngInfo()
    if text is not None:
        about.add_text("Software", text)
    buffer = io.BytesIO()
    Image.fromarray(np.zeros((2, 3), np.uint8)).save(buffer, "png", pnginfo=about)
    return buffer.getvalue()


def _pdf(*, text: str | None) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(10, 10)
    if text is not None:
        writer.add_metadata({"/Producer": text})
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(("name", "make"), [("png", _png), ("pdf", _pdf)])
def test_a_mark_is_put_where_the_writer_has_none(
    tmp_path: Path, name: str, make: Callable[..., bytes]
) -> None:
    path = tmp_path / f"a.{name}"
    for text in (None, "another program"):
        plain = make(text=text)
        path.write_bytes(plain)
        assert refused(path)
        path.write_bytes(marked(plain, name))
        assert not refused(path)
    own = make(text=GENERATOR)
    assert marked(own, name) == own
    path.write_bytes(own)
    assert not refused(path)


def test_a_marked_file_is_whole() -> None:
    data = marked(_png(text=None), "png")
    with Image.open(io.BytesIO(data)) as image:
        assert image.size == (3, 2)
        assert image.info["Software"] == GENERATOR  # type: ignore[attr-defined]
    for kind, text in chunks(data):
        assert zlib.crc32(kind + text).to_bytes(4, "big") in data
    assert len(PdfReader(io.BytesIO(marked(_pdf(text=None), "pdf")), strict=True).pages) == 1


def test_files_that_may_be_overwritten(tmp_path: Path) -> None:
    guard(tmp_path / "new.md")
    (tmp_path / "empty.md").touch()
    guard(tmp_path / "empty.md")
    (tmp_path / "folder.md").mkdir()
    guard(tmp_path / "folder.md")  # writing tells that it is one


def test_a_link_is_judged_by_its_target(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years of work")
    (tmp_path / "link.tex").symlink_to(tmp_path / "thesis.tex")
    assert refused(tmp_path / "link.tex")


def test_hostile_tables_are_sealed(tmp_path: Path) -> None:
    for name in formats.format_names():
        path = tmp_path / f"a.{name}"
        for text in TEXTS.values():
            formats.write(Hostile(text), path)
            assert not refused(path, path.read_bytes())
