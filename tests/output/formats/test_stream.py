"""Streams write the same files as whole tables, atomically, in the memory of one batch."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from archcalc.base.errors import ArchcalcError, MissingPackage
from archcalc.base.tables import Records
from archcalc.cost.scaling.sweeping import chunks, sweep
from archcalc.output.formats import dumps, format_of, write
from archcalc.output.formats._sink import COLLECTED, Head
from archcalc.output.formats._stream import files
from archcalc.output.formats._text_sinks import text_sink

CHOICES: dict[str, Any] = {
    "specs": ["mobilenet_v1", "mobilenet_v2"],
    "widths": "0.5:1.4:0.3",
    "resolutions": [224, "224x160"],
    "prunes": [0, {"stage_2": "0.5"}],
    "sets": ["", "act=relu"],
}


def head_of(grid: Any) -> Head:
    return Head(grid.title, grid.columns, grid.notes())


def streamed(path: Path, size: int) -> Path:
    """Write the sweep in pieces, under the title of the whole."""
    whole = sweep(**CHOICES)
    _, pieces = chunks(**CHOICES, size=size)
    with files([path], head_of(whole)) as (sink,):
        for grid in pieces:
            for block in grid.batches():
                sink.write(block)
    return path


@pytest.mark.parametrize(
    ("name", "size"),
    [
        *(("csv", size) for size in (1, 7, 1000)),
        *((name, 7) for name in ("md", "tex")),
        *(pytest.param(name, 1, marks=pytest.mark.slow) for name in ("md", "tex")),
    ],
)
def test_text_is_that_of_the_whole_table(tmp_path: Path, name: str, size: int) -> None:
    whole = write(in_order(size), tmp_path / f"whole.{name}")
    assert streamed(tmp_path / f"pieces.{name}", size).read_bytes() == whole.read_bytes()


def in_order(size: int) -> Any:
    """Return the sweep with its records in the order of the pieces."""
    _, pieces = chunks(**CHOICES, size=size)
    records = [record for grid in pieces for record in grid.records()]
    whole = sweep(**CHOICES)
    return Records(whole.title, records, whole.notes())


def test_json_is_that_of_the_whole_table(tmp_path: Path) -> None:
    text = streamed(tmp_path / "pieces.json", 5).read_text()
    assert json.loads(text) == json.loads(dumps(in_order(5), "json"))
    assert len(text.splitlines()) == len(sweep(**CHOICES)) + 2


def test_parquet_holds_the_same_records(tmp_path: Path) -> None:
    path = streamed(tmp_path / "pieces.parquet", 5)
    table = pq.read_table(path)
    records = in_order(5).records()
    texts = [{**r, "resolution": str(r["resolution"]), "prune": str(r["prune"])} for r in records]
    assert table.to_pylist() == texts
    assert {field.name: str(field.type) for field in table.schema} == {
        "model": "string", "width": "double", "resolution": "string", "prune": "string",
        "set": "string", "madds": "int64", "params": "int64", "weight_bytes": "int64",
        "activation_bytes": "int64", "peak_memory_bytes": "int64",
    }  # fmt: skip
    about = json.loads(table.schema.metadata[b"archcalc"])
    assert about == {"title": sweep(**CHOICES).title, "notes": list(sweep(**CHOICES).notes())}


def test_numbers_are_numbers_where_all_are(tmp_path: Path) -> None:
    grid = sweep("mobilenet_v1", widths="0.5,1", prunes="0,0.5")
    with files([tmp_path / "a.parquet"], head_of(grid)) as (sink,):
        for block in grid.batches():
            sink.write(block)
    assert pq.read_table(tmp_path / "a.parquet").to_pylist() == grid.records()


def test_the_same_twice_is_the_same_bytes(tmp_path: Path) -> None:
    for name in ("csv", "json", "md", "tex", "parquet"):
        one, other = (streamed(tmp_path / f"{i}.{name}", 20).read_bytes() for i in "ab")
        assert one == other


@pytest.mark.parametrize("name", ["csv", "json", "md", "tex", "parquet"])
@pytest.mark.parametrize("error", [KeyboardInterrupt, ArchcalcError, RuntimeError])
def test_a_failure_leaves_what_was_there(
    tmp_path: Path, name: str, error: type[BaseException]
) -> None:
    grid = sweep("mobilenet_v1")
    old, new = tmp_path / f"old.{name}", tmp_path / f"new.{name}"
    old.write_text("as it was")
    with pytest.raises(error):
        write_and_raise([old, new], grid, error)
    assert old.read_text() == "as it was"
    assert list(tmp_path.iterdir()) == [old]


def write_and_raise(paths: list[Path], grid: Any, error: type[BaseException]) -> None:
    with files(paths, head_of(grid)) as sinks:
        for block in grid.batches():
            for sink in sinks:
                sink.write(block)
        raise error


def test_text_is_escaped_as_elsewhere(tmp_path: Path) -> None:
    head = Head("t *x*", {"model": str, "share": float}, ["a|b"])
    block = {"model": ["=1+2", 'say "a, b"', "x|y", "c\rd", 7], "share": [0.5, 1e30, -1.0, 2.0, 3]}
    paths = [tmp_path / f"a.{name}" for name in ("csv", "json", "md")]
    with files(paths, head) as sinks:
        for sink in sinks:
            sink.write(block)
    with paths[0].open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1:] == [
        ["'=1+2", "0.5"], ['say "a, b"', "1e+30"], ["x|y", "-1.0"], ["c\rd", "2.0"], ["7", "3"],
    ]  # fmt: skip
    assert [r["model"] for r in json.loads(paths[1].read_text())] == block["model"]
    text = paths[2].read_text()
    assert text.startswith("# t \\*x\\*\n")
    assert "| x\\|y | -1 |" in text
    assert text.partition("\n<!--")[0].endswith("\n- a\\|b\n")


def test_what_is_not_finite_is_null_in_json() -> None:
    parts: list[str] = []
    sink = text_sink("json", Head("", {"x": float}), parts.append)
    sink.write({"x": [1.5, float("inf"), float("nan")]})
    sink.end()
    assert json.loads("".join(parts)) == [{"x": 1.5}, {"x": None}, {"x": None}]


def test_nothing_at_all() -> None:
    for name in ("csv", "json", "md"):
        parts: list[str] = []
        text_sink(name, Head("empty", {"x": float}), parts.append).end()
        assert (
            "".join(parts)
            == {"csv": "x\n", "json": "[]\n", "md": "# empty\n\n| x |\n| ---: |\n"}[name]
        )


def test_what_cannot_stream_has_a_limit() -> None:
    sink = text_sink("tex", Head("", {"x": int}), lambda _: None)
    sink.write({"x": range(COLLECTED)})
    with pytest.raises(ArchcalcError, match="tex: at most 100,000 records; csv, json, md and parq"):
        sink.write({"x": [1]})


def test_suffixes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [format_of(f"a.{name}").name for name in ("csv", "PARQUET", "tex")] == [
        "csv", "parquet", "tex",
    ]  # fmt: skip
    with pytest.raises(ArchcalcError, match=r"a.xls: unknown suffix .*\.tex, \.xlsx"):
        format_of("a.xls")
    with pytest.raises(ArchcalcError, match="a suffix is needed"):
        format_of("a")
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(MissingPackage, match=r"needs pyarrow: pip install 'archcalc\[parquet\]'"):
        format_of("a.parquet")


def test_paths_that_cannot_be_written(tmp_path: Path) -> None:
    head = Head("", {"x": int})
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(ArchcalcError, match="file: is not a folder"),
        files([tmp_path / "file" / "a.csv"], head),
    ):
        pass
    (tmp_path / "folder.csv").mkdir()
    with (
        pytest.raises(ArchcalcError, match=r"folder.csv: is a folder"),
        files([tmp_path / "folder.csv"], head),
    ):
        pass


def test_folders_are_made_and_links_kept(tmp_path: Path) -> None:
    target, link = tmp_path / "new" / "target.csv", tmp_path / "link.csv"
    link.symlink_to(target)
    with files([link], Head("", {"x": int})) as (sink,):
        sink.write({"x": [1]})
    assert link.is_symlink()
    assert target.read_text("utf-8-sig") == "x\n1\n"


MILLION = """\
import resource, sys
from itertools import chain
from pathlib import Path
from archcalc.output.formats._sink import Head
from archcalc.output.formats._stream import files
from archcalc.cost.scaling.sweeping import chunks

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024

def stream(widths):
    count, pieces = chunks("mobilenet_v2", widths=widths, resolutions="96:1095:1")
    first = next(pieces)
    paths = [Path(sys.argv[1]) / f"million.{name}" for name in ("csv", "json", "parquet")]
    with files(paths, Head("", first.columns)) as sinks:
        for grid in chain([first], pieces):
            for block in grid.batches():
                for sink in sinks:
                    sink.write(block)
    return count

assert stream("0.25:0.449:0.001") == 200_000
few = peak()
assert stream("0.25:1.249:0.001") == 1_000_000
print(few, peak())
"""


@pytest.mark.slow
def test_a_million_variants_in_the_memory_of_some(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MILLION, tmp_path], capture_output=True, text=True, check=True
    )
    few, many = map(int, done.stdout.split())
    # five times as many records; what is left of growth is the allocators' own
    assert many < 1.3 * few
    assert pq.read_metadata(tmp_path / "million.parquet").num_rows == 1_000_000
    with (tmp_path / "million.csv").open("rb") as file:
        assert sum(1 for _ in file) == 1_000_001
