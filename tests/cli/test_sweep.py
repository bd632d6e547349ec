"""``archcalc sweep``."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import archcalc
from archcalc.base.document import TableBlock
from archcalc.base.errors import ArchcalcError
from archcalc.cli._sweep import prunes_of, sets_of
from archcalc.output.files.ours import sealed
from archcalc.output.present import present
from tests.each import each

RECORD = [
    "model", "width", "resolution", "prune", "madds", "params", "weight_bytes",
    "activation_bytes", "peak_memory_bytes",
]  # fmt: skip


def test_json_is_the_grid(run: Any) -> None:
    ran = run(
        "sweep", "mobilenet_v1", "mobilenet_v2", "--widths", "0.5:1:0.25", "--resolutions",
        "160,224", "--prunes", "0:0.4:0.2", "--format", "json",
    )  # fmt: skip
    assert (ran.code, ran.err) == (0, "")
    grid = archcalc.sweep(
        ["mobilenet_v1", "mobilenet_v2"],
        widths="0.5:1:0.25",
        resolutions="160,224",
        prunes="0:0.4:0.2",
    )
    assert ran.data == grid.records()
    assert list(ran.data[0]) == RECORD
    assert len(ran.data) == 2 * 3 * 2 * 3


def test_shared_options(run: Any, tiny: Path) -> None:
    ran = run(
        "sweep", tiny, "--widths", "2", "--resolutions", "16x8", "--param", "k=7", "--prunes",
        "0.5", "--multiple", "1", "--batch", "3", "--dtype", "f16", "--convention", "fvcore",
        "--format", "json",
    )  # fmt: skip
    (record,) = ran.data
    net = archcalc.build(
        archcalc.load(tiny).with_params(k=7), width=2, resolution="16x8", prune=0.5, multiple=1
    )
    totals = archcalc.count(net, "fvcore", batch=3, dtype="f16").totals
    assert {name: record[name] for name in RECORD[4:]} == {
        name: totals[name] for name in RECORD[4:]
    }
    assert (record["width"], record["resolution"], record["prune"]) == (2.0, "16x8", 0.5)


def test_transforms_and_their_alternatives(run: Any) -> None:
    ran = run(
        "sweep", "mobilenet_v2", "--set", "kernel=printed/5", "--set", "se=on", "--format", "json"
    )
    assert [record["set"] for record in ran.data] == ["se=on", "kernel=5, se=on"]
    expected = [
        archcalc.count(archcalc.build(archcalc.transform(archcalc.load("mobilenet_v2"), sets)))
        for sets in ("se=on", "kernel=5,se=on")
    ]
    assert [record["madds"] for record in ran.data] == [table.madds for table in expected]


@pytest.mark.parametrize(
    ("values", "sets"),
    [
        ([], [""]),
        (["act=relu"], ["act=relu"]),
        (["act=relu,se=on"], ["act=relu,se=on"]),
        (["act=relu", "se=on"], ["act=relu,se=on"]),
        (["se=printed/on", "kernel=5/7"],
         ["kernel=5", "kernel=7", "se=on,kernel=5", "se=on,kernel=7"]),
        (["head=classes:10/landmarks:68"], ["head=classes:10", "head=landmarks:68"]),
    ],
)  # fmt: skip
def test_what_sets_mean(values: list[str], sets: list[str]) -> None:
    assert sets_of(values) == sets


@each("value", ["", "act", "act=", "act=relu/", "=relu", "act=relu,", "/"])
def test_what_is_no_set(value: str) -> None:
    with pytest.raises(ArchcalcError, match="--set: expected NAME=VALUE"):
        sets_of([value])


@each(
    ("values", "prunes"),
    [
        ([], [0]),
        (["0:0.2:0.1"], ["0.0", "0.1", "0.2"]),
        (["stage_2=0:0.5:0.25"], [{"stage_2": "0.00"}, {"stage_2": "0.25"}, {"stage_2": "0.50"}]),
        (["a=0,0.5", "b=0.1"], [{"a": "0", "b": "0.1"}, {"a": "0.5", "b": "0.1"}]),
    ],
)
def test_what_prunes_mean(values: list[str], prunes: list[Any]) -> None:
    assert prunes_of(values) == prunes


@each(
    ("values", "message"),
    [
        (["0.1", "0.2"], "one range for all, or NAME=RANGE"),
        (["0.1", "a=0.2"], "one range for all, or NAME=RANGE"),
        (["=0.2"], "one range for all, or NAME=RANGE"),
        (["a=0.1", "a=0.2"], "'a' is given twice"),
        (["a=x"], "--prunes a: a number or a range"),
    ],
)
def test_what_is_no_prune(values: list[str], message: str) -> None:
    with pytest.raises(ArchcalcError, match=message):
        prunes_of(values)


def test_layers(run: Any) -> None:
    ran = run("sweep", "mobilenet_v1", "--widths", "0.5,1", "--layers", "--format", "json")
    assert ran.data == archcalc.sweep("mobilenet_v1", widths="0.5,1").by_layer().records()
    assert list(ran.data[0]) == [*RECORD[:4], "layer", "op", "madds", "params"]


def test_closed_form(run: Any) -> None:
    args = ("sweep", "mobilenet_v1", "--widths", "0.5,1", "--closed-form")
    records = run(*args, "--format", "json").data
    assert list(records[0]) == [*RECORD, "closed_form", "difference_percent"]
    alone = archcalc.closed_form(archcalc.build("mobilenet_v1", width="0.5"))
    assert records[0]["difference_percent"] == pytest.approx(alone.difference_percent, abs=1e-4)
    assert records[1]["difference_percent"] == 0
    out = run(*args, columns=80).out
    assert "too low by" in out
    assert "off the most at width 0.5, resolution 224: too low by 4.89%" in out
    assert "depthwise layers (α, not α²)" in out
    exact = run("sweep", "mobilenet_v1", "--closed-form").out
    assert "α²ρ² is exact for every variant." in exact


def test_every_file_in_one_pass(run: Any, tmp_path: Path) -> None:
    paths = [tmp_path / "new" / f"grid.{name}" for name in ("csv", "json", "md", "parquet", "tex")]
    outputs = [part for path in paths for part in ("-o", path)]
    ran = run("sweep", "mobilenet_v2", "--widths", "0.35:1.4:0.35", *outputs)
    assert ran.code == 0
    assert ran.err == "".join(f"wrote {path}\n" for path in paths)
    records = archcalc.sweep("mobilenet_v2", widths="0.35:1.4:0.35").records()
    as_csv, as_json, as_md, as_parquet, as_tex = paths
    assert json.loads(as_json.read_text()) == records
    assert pq.read_table(as_parquet).to_pylist() == records
    rows = list(csv.DictReader(io.StringIO(as_csv.read_text("utf-8-sig"))))
    assert [int(row["madds"]) for row in rows] == [record["madds"] for record in records]
    assert as_md.read_text().startswith("# mobilenet_v2 · 4 variants · paper\n")
    assert r"\begin{tabular}" in as_tex.read_text()


@each("name", ["csv", "json", "md", "tex"])
def test_stdout_is_what_the_file_holds(run: Any, tmp_path: Path, name: str) -> None:
    path = tmp_path / f"grid.{name}"
    ran = run("sweep", "mobilenet_v2", "--widths", "0.5,1", "--format", name, "-o", path)
    assert path.read_text("utf-8-sig") == sealed(ran.out, name)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_markdown_has_the_title_and_the_heads_of_the_table(
    run: Any, tmp_path: Path, language: str
) -> None:
    path = tmp_path / "x.md"
    run("sweep", "mobilenet_v1", "--widths", "0.5,1", "--lang", language, "-o", path)
    title, _, heads, *_ = path.read_text().splitlines()
    shown = present(archcalc.sweep("mobilenet_v1", widths="0.5,1"), language)
    assert title == f"# {shown.title}"
    table = next(block for block in shown.blocks if isinstance(block, TableBlock))
    assert {column.head for column in table.columns} <= set(heads.strip("| ").split(" | "))


def test_a_long_table_is_shortened(run: Any) -> None:
    ran = run("sweep", "mobilenet_v1", "--widths", "0.1:1:0.01", columns=80)
    lines = ran.out.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0] == "mobilenet_v1 · 91 variants · paper"
    assert len(lines) < 40
    assert "The first 20 and the last 5 of 91 records" in ran.out
    records = archcalc.sweep("mobilenet_v1", widths="0.1:1:0.01").records()
    least, most = (
        next(line for line in lines if line.strip().startswith(w)) for w in ("least", "most")
    )
    assert least.split()[1:3] == [f"{records[0][name]:,}" for name in ("madds", "params")]
    assert most.split()[1:3] == [f"{records[-1][name]:,}" for name in ("madds", "params")]


@each(
    "args",
    [
        ("mobilenet_v2", "mobilenet_v1", "--prunes", "stage_2=0,0.5", "--set", "act=printed/relu"),
        ("mobilenet_v3_large", "--layers"),
        ("mobilenet_v2", "--widths", "0.5,1", "--closed-form", "--prunes", "0"),
        ("vgg16", "googlenet", "--resolutions", "224x160", "--batch", "64"),
    ],
)
def test_80_columns_are_enough(run: Any, args: tuple[str, ...]) -> None:
    ran = run("sweep", *args, columns=80)
    assert ran.code == 0
    assert max(map(len, ran.out.splitlines())) <= 80


def test_25_variants_are_all_shown(run: Any) -> None:
    ran = run("sweep", "mobilenet_v1", "--widths", "0.26:0.5:0.01")
    assert "…" not in ran.out
    assert "0.26 " in ran.out
    assert len(ran.out.splitlines()) == 1 + 2 + 25 + 3 + 2


@each(
    ("args", "message"),
    [
        (("mobilenet_v9",), "unknown model 'mobilenet_v9'; did you mean"),
        (("mobilenet_v2@0.5",), "the whole spec is meant here: give 'mobilenet_v2' alone"),
        (("mobilenet_v1", "--widths", "0.5:1"), "--widths: a range START:STOP:STEP"),
        (("mobilenet_v1", "--widths", "zero"), "--widths: a number or a range, not 'zero'"),
        (("mobilenet_v1", "--widths", "0"), "a multiplier above 0"),
        (("mobilenet_v1", "--resolutions", "224:96:32"), "--resolutions: a range"),
        (("mobilenet_v1", "--prunes", "1"), "a prune ratio of at least 0 and below 1"),
        (("mobilenet_v1", "--prunes", "nowhere=0.5"), "no channel group, row or stage 'nowhere'"),
        (("mobilenet_v1", "--set", "speed=2"), "unknown transform 'speed'"),
        (("vgg16", "--widths", "0.5,1"), "vgg16 has no width multiplier"),
        (("mobilenet_v1", "--batch", "0"), "batch: an integer of at least 1"),
        (("mobilenet_v1", "--dtype", "f64"), "unknown dtype 'f64'"),
        (("mobilenet_v1", "--param", "k=3"), "no parameter 'k'"),
        (("mobilenet_v1", "--format", "xml"), "unknown format 'xml'"),
        (("mobilenet_v1", "-o", "a.xls"), "a.xls: unknown suffix '.xls'"),
        (("mobilenet_v1", "--layers", "--closed-form"), "give one of them"),
        (("mobilenet_v1", "--prunes", "0.5", "--closed-form"), "α²ρ² does not cover pruning"),
    ],
)
def test_one_clear_error(run: Any, args: tuple[str, ...], message: str) -> None:
    ran = run("sweep", *args)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert ran.err.count("\n") == 1


def test_a_late_error_leaves_no_file(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "grid.csv"
    ran = run("sweep", "mobilenet_v1", "--prunes", "0,0.5", "--closed-form", "-o", path)
    assert ran.code == 2
    assert list(tmp_path.iterdir()) == []


def test_progress_is_for_a_terminal(tmp_path: Path, tiny: Path) -> None:
    """Nothing on a pipe; a bar on a terminal, and never on stdout."""
    args = [
        sys.executable, "-c", "from archcalc.cli import main; raise SystemExit(main())", "sweep",
        str(tiny), "--widths", "0.1:1:0.005", "--resolutions", "32:831:2", "-o",
        str(tmp_path / "grid.parquet"),
    ]  # fmt: skip
    piped = subprocess.run(args, capture_output=True, text=True, check=True)
    assert piped.stderr == f"wrote {tmp_path / 'grid.parquet'}\n"
    leader, terminal = pty.openpty()
    shown = subprocess.run(
        args,
        stdout=subprocess.PIPE,
        stderr=terminal,
        env={**os.environ, "TERM": "xterm"},
        text=True,
        check=True,
    )
    os.close(terminal)
    seen = os.read(leader, 2**16).decode()
    os.close(leader)
    assert "variants," in seen
    assert shown.stdout == piped.stdout
    assert "\x1b" not in shown.stdout


def test_a_reader_that_goes_away(tmp_path: Path) -> None:
    done = subprocess.run(
        f"{sys.executable} -c 'from archcalc.cli import main; raise SystemExit(main())' sweep "
        f"mobilenet_v1 --widths 0.1:1:0.005 --resolutions 32:831:8 --format csv "
        f"-o {tmp_path}/grid.json | head -1",
        shell=True,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("model,width,")
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []
