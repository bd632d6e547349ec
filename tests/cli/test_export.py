"""``export``: contents by suffix and by name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import archcalc
from archcalc.cli.export import complete_table
from archcalc.output.drawing import draw
from archcalc.output.exporting.kinds import KINDS
from archcalc.output.files.ours import sealed
from archcalc.output.formats import dumps
from tests.cli.test_imports import HEAVY, modules
from tests.each import each


def test_suffixes_mean_layers_tables_and_drawings(run: Any, tmp_path: Path) -> None:
    paths = [tmp_path / "new" / f"a.{name}" for name in ("json", "tex", "svg", "yaml")]
    ran = run("export", "mobilenet_v2@0.75", *(part for path in paths for part in ("-o", path)))
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "".join(f"wrote {path}\n" for path in paths)
    net = archcalc.build("mobilenet_v2", width="0.75")
    as_json, as_tex, as_svg, as_yaml = (path.read_text() for path in paths)
    assert json.loads(as_json) == archcalc.count(net).to_dict()
    assert r"bottleneck & 6 & 24 & 2 & 2 &" in as_tex
    assert "mobilenet\\_v2@0.75" in as_tex
    assert as_svg == sealed(draw(net).svg, "svg")
    again = archcalc.build(archcalc.load(paths[3]))
    assert archcalc.count(again).totals == archcalc.count(net).totals
    assert as_yaml.endswith("\n")


@each("key", ["layer", "block", "row", "op", "stage"])
def test_tables_by_name(run: Any, tiny: Path, tmp_path: Path, key: str) -> None:
    path = tmp_path / "a.md"
    run("export", tiny, "--table", key, "-o", path)
    table = archcalc.count(archcalc.build(archcalc.load(tiny)))
    assert path.read_text() == sealed(dumps(table if key == "layer" else table.by(key), "md"), "md")


def test_every_kind_is_written_in_every_format_that_it_has(
    run: Any, tiny: Path, tmp_path: Path
) -> None:
    for name, kind in KINDS.items():
        for suffix in kind.suffixes():
            if suffix in ("pdf", "html"):
                continue  # tested where reports are
            path = tmp_path / f"{name}.{suffix}"
            ran = run("export", tiny, "--table", name, "-o", path)
            assert (ran.code, ran.err) == (0, f"wrote {path}\n")
            assert path.stat().st_size > (0 if name == "claims" else 20)


def test_shared_options_reach_the_net(run: Any, tiny: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    run(
        "export", tiny, "-o", path, "--width", "2", "--resolution", "16x8", "--param", "k=7",
        "--prune", "0.5", "--multiple", "1", "--batch", "3", "--dtype", "f16",
        "--convention", "fvcore", "--set", "act=relu6",
    )  # fmt: skip
    data = json.loads(path.read_text())
    assert (data["width"], data["resolution"], data["prune"]) == (2.0, "16x8", 0.5)
    assert (data["batch"], data["dtype"], data["convention"]) == (3, "f16", "fvcore")
    assert data["set"] == "act=relu6"
    assert data["rows"][-1]["output"] == [7, 1, 1]


def test_a_file_of_someone_else_needs_force(run: Any, tiny: Path, tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text("# Mine\n")
    ran = run("export", tiny, "-o", path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"{path}: exists and is not as archcalc wrote it; --force overwrites it\n"
    assert path.read_text() == "# Mine\n"
    assert run("export", tiny, "-o", path, "--force").code == 0
    assert run("export", tiny, "-o", path).code == 0
    path.write_text(path.read_text().replace("conv2d", "convolution"))
    assert run("export", tiny, "-o", path).code == 2


@each(
    ("args", "message"),
    [
        (["-o", "a.doc"], "a.doc: unknown suffix '.doc' (known: .csv, .html, .json, .md, "),
        (["-o", "a"], "a: a suffix is needed (known: .csv, "),
        (["-o", "a.svg", "--table", "claims"], "a.svg: --table claims is written as .csv, .json, "),
        (["-o", "a.csv", "--table", "spec"], "a.csv: --table spec is written as .yaml, .yml\n"),
        (["-o", "a.csv", "--table", "opp"], "unknown table 'opp'; did you mean 'op'? (known: "),
        (["-o", "a.csv", "-o", "a.x"], "a.x: unknown suffix '.x'"),
    ],
)
def test_what_cannot_be_written(
    run: Any, tiny: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], message: str
) -> None:
    monkeypatch.chdir(tiny.parent)
    ran = run("export", "tiny.yaml", *args)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(message)
    assert ran.err.count("\n") == 1
    assert [path.name for path in tiny.parent.iterdir()] == ["tiny.yaml"]


def test_remarks_are_reported(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    ran = run("export", "mobilenet_v2@1-160", "-o", path)
    assert ran.code == 0
    assert ran.err.splitlines() == [
        f"wrote {path}",
        f"{path}: a spec has its printed input of 224x224; give --resolution 160 with it",
    ]


def test_completion() -> None:
    assert [name for name, _ in complete_table("s")] == ["stage", "sweep", "spec"]
    assert all(about for _, about in complete_table(""))


def test_documents_and_drawings_need_nothing_heavy(tmp_path: Path) -> None:
    paths = [tmp_path / f"a.{name}" for name in ("tex", "md", "csv", "svg", "yaml")]
    (loaded,) = modules(" ".join(["export mobilenet_v2", *(f"-o{path}" for path in paths)]))
    assert not loaded & set(HEAVY)
    assert all(path.exists() for path in paths)


def test_the_papers_table_alone(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    run("export", "mobilenet_v1", "--no-costs", "-o", path)
    assert "| × | type | filter | input |" in path.read_text()
