"""``-o``: files by their suffix, beside what is printed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from archcalc.output.files.ours import sealed
from archcalc.output.formats import format_names
from tests.each import each


def test_every_format_and_the_messages(run: Any, tmp_path: Path) -> None:
    paths = [tmp_path / "new" / "folder" / f"costs.{name}" for name in ("csv", "json", "md", "tex")]
    outputs = [part for path in paths for part in ("-o", path)]
    ran = run("count", "mobilenet_v1", *outputs)
    assert ran.code == 0
    assert "300,774,272" not in ran.out
    assert "568,740,352" in ran.out
    assert ran.err == "".join(f"wrote {path}\n" for path in paths)
    as_csv, as_json, as_md, as_tex = (path.read_text("utf-8-sig") for path in paths)
    assert len(list(csv.DictReader(io.StringIO(as_csv)))) == len(json.loads(as_json)["rows"])
    assert as_md.startswith("# mobilenet_v1 · 224x224x3 · paper\n")
    assert r"\begin{longtable}" in as_tex
    # the erratum goes along
    assert "dwconv_18: printed 's2'" in as_md
    assert r"dwconv\_18: printed" in as_tex


def test_stdout_has_its_own_format(run: Any, tmp_path: Path) -> None:
    ran = run("list", "--format", "json", "-o", tmp_path / "zoo.csv")
    assert isinstance(ran.data, list)
    assert (tmp_path / "zoo.csv").read_text("utf-8-sig").startswith("name,title,paper,input,")


@each("name", ["csv", "json", "md", "tex"])
def test_stdout_is_what_the_file_holds(run: Any, tmp_path: Path, name: str) -> None:
    path = tmp_path / f"check.{name}"
    ran = run("check", "mobilenet_v2", "--format", name, "-o", path)
    assert path.read_text("utf-8-sig") == sealed(ran.out, name)


def test_an_unknown_suffix_is_reported_before_anything_runs(run: Any, tmp_path: Path) -> None:
    good, bad = tmp_path / "a.csv", tmp_path / "a.xls"
    ran = run("count", "no_such_model", "-o", good, "-o", bad)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"{bad}: unknown suffix '.xls'")
    assert ran.err.count("\n") == 1
    assert all(f".{name}" in ran.err for name in format_names())
    assert not good.exists()


def test_a_path_that_cannot_be_written(run: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ran = run("list", "-o", tmp_path / "file" / "zoo.csv")
    assert ran.code == 2
    assert ran.err == f"{tmp_path / 'file'}: is not a folder\n"


def test_an_exceeded_budget_still_writes(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "costs.json"
    assert run("count", "mobilenet_v1", "--max-madds", "1M", "-o", path).code == 1
    assert json.loads(path.read_text())["totals"]["madds"] == 568_740_352


def test_schema_to_a_file(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "archcalc.schema.json"
    ran = run("schema", "-o", path)
    assert (ran.out, ran.err) == ("", f"wrote {path}\n")
    assert json.loads(path.read_text()) == run("schema").data


COMMANDS = [
    "list", "list --transforms", "show mobilenet_v1", "count mobilenet_v1", "groups vgg16",
    "count mobilenet_v2 --by op", "check mobilenet_v2", "diff mobilenet_v2 mobilenet_v2@0.5",
    "explain mobilenet_v1", "runtimes", "doctor", "search mobilenet_v2 --max-madds 100M",
    "sweep mobilenet_v2 --widths 0.5,1", "sweep mobilenet_v2 --layers",
]  # fmt: skip


@pytest.mark.parametrize(
    "command",
    [
        *COMMANDS,
        *(
            pytest.param(one, marks=pytest.mark.slow)
            for one in (
                "equivalent mobilenet_v2 --resolution 160",
                "search mobilenet_v2 --stages --max-madds 150M",
            )
        ),
    ],
)
def test_every_command_writes_parquet(run: Any, tmp_path: Path, command: str) -> None:
    """The same records as its csv, numbers as numbers."""
    paths = [tmp_path / "a.parquet", tmp_path / "a.csv"]
    ran = run(*command.split(), *(part for path in paths for part in ("-o", path)))
    assert (ran.code, ran.err.splitlines()[-2:]) == (0, [f"wrote {path}" for path in paths])
    table = pq.read_table(paths[0])
    rows = list(csv.DictReader(io.StringIO(paths[1].read_text("utf-8-sig"), newline="")))
    assert table.column_names == list(rows[0])
    read = table.to_pylist()
    assert len(read) == len(rows)
    for one, row in zip(read, rows, strict=True):
        for name, value in one.items():
            if isinstance(value, float):
                assert value == float(row[name])
            else:
                assert row[name].removeprefix("'") == ("" if value is None else str(value))


@pytest.mark.parametrize(
    "command",
    [
        *("count mobilenet_v1", "sweep mobilenet_v2 --widths 0.5,1", "draw mobilenet_v1", "schema"),
        *(
            pytest.param(one, marks=pytest.mark.slow)
            for one in COMMANDS
            if not one.startswith(("count", "search", "sweep"))
        ),
    ],
)
def test_a_file_of_someone_else_stays(run: Any, tmp_path: Path, command: str) -> None:
    name, _, _ = command.partition(" ")
    names = {"draw": ["svg", "png"], "schema": ["json"]}.get(name, ["md", "csv"])
    for name in names:
        path = tmp_path / f"mine.{name}"
        path.write_text("years,of\nwork,!\n")
        ran = run(*command.split(), "-o", path)
        assert ran.code == 2
        message = f"{path}: exists and is not as archcalc wrote it; --force overwrites it\n"
        assert ran.err.endswith(message)
        assert path.read_text() == "years,of\nwork,!\n"
        assert run(*command.split(), "--force", "-o", path).err == f"wrote {path}\n"
        assert run(*command.split(), "-o", path).err == f"wrote {path}\n"


def test_what_took_long_is_shown_though_its_file_is_refused(run: Any, tmp_path: Path) -> None:
    """Whose csv it is can be told from the result alone; other files are written."""
    mine, other = tmp_path / "mine.csv", tmp_path / "other.json"
    mine.write_text("years,of\nwork,!\n")
    ran = run("list", "-o", mine, "-o", other)
    assert ran.code == 2
    assert "mobilenet_v2" in ran.out
    assert ran.err.startswith(f"wrote {other}\n{mine}: exists")
