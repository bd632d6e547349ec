"""``draw``: a tree or SVG on stdout, SVG in files."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

import archcalc
from archcalc.output.drawing import draw
from archcalc.output.files.ours import sealed
from tests.each import each
from tests.zoo import few


def test_a_tree_by_default(run: Any) -> None:
    ran = run("draw", "mobilenet_v2", columns=80)
    assert (ran.code, ran.err) == (0, "")
    assert "├─ bottleneck_3 ×2" in ran.out
    assert "\x1b" not in ran.out


@pytest.mark.parametrize("name", few(archcalc.zoo_names()))
def test_it_fits_80_columns(run: Any, name: str) -> None:
    out = run("draw", name, columns=80).out
    assert max(map(cell_len, out.splitlines())) <= 80
    assert "…" not in out


def test_svg_on_stdout_and_in_a_file(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "new" / "net.svg"
    ran = run("draw", "mobilenet_v1", "-o", path)
    assert (ran.code, ran.out, ran.err) == (0, "", f"wrote {path}\n")
    printed = run("draw", "mobilenet_v1", "--format", "svg").out
    assert printed == draw(archcalc.build("mobilenet_v1")).svg
    assert path.read_text() == sealed(printed, "svg")
    ET.fromstring(path.read_text())


def test_png(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "block.png"
    ran = run("draw", "mobilenet_v2", "--block", "bottleneck_3.2", "-o", path)
    assert (ran.code, ran.out, ran.err) == (0, "", f"wrote {path}\n")
    assert (
        path.read_bytes() == draw(archcalc.build("mobilenet_v2"), block="bottleneck_3.2").png.data
    )


def test_a_file_beside_a_tree(run: Any, tmp_path: Path) -> None:
    ran = run("draw", "vgg16", "-o", tmp_path / "a.svg", "--format", "tree")
    assert "└─" in ran.out


def test_one_block(run: Any) -> None:
    ran = run("draw", "mobilenet_v3_large", "--block", "bneck_6")
    assert ran.out.startswith("mobilenet_v3_large · bneck_6.1 · ")
    pair = run("draw", "mobilenet_v1", "--block", "dwconv_2,conv_3")
    assert "dwconv_2.1" in pair.out
    assert "conv_3.1" in pair.out


def test_json_has_places(run: Any) -> None:
    data = run("draw", "mobilenet_v2", "--block", "bottleneck_3.2", "--format", "json").data
    assert data.keys() == {
        "model", "width", "resolution", "prune", "set", "block", "canvas", "boxes", "links",
        "frames",
    }  # fmt: skip
    assert data["boxes"][1].keys() == {
        "id", "kind", "label", "before", "after", "layers", "times", "stage", "madds",
        "madds_share", "rect",
    }  # fmt: skip
    assert data["links"][0].keys() == {"source", "target", "kind", "shapes", "path"}
    left, top, right, bottom = data["boxes"][1]["rect"]
    assert 0 <= left < right <= data["canvas"][0]
    assert 0 <= top < bottom <= data["canvas"][1]
    assert [link["kind"] for link in data["links"]].count("shortcut") == 1
    net = archcalc.build("mobilenet_v2")
    assert data == draw(net, block="bottleneck_3.2").to_dict()


def test_shared_options_reach_the_net(run: Any, tiny: Path) -> None:
    data = run(
        "draw", tiny, "--width", "2", "--resolution", "16x8", "--param", "k=7", "--prune", "0.5",
        "--multiple", "1", "--format", "json",
    ).data  # fmt: skip
    assert (data["width"], data["resolution"], data["prune"]) == (2.0, "16x8", 0.5)
    assert data["links"][0]["shapes"] == [[3, 16, 8]]
    assert data["links"][-1]["shapes"] == [[7, 1, 1]]


@each(
    ("args", "message"),
    [
        (["-o", "net.gif"], "net.gif: a picture is written as .svg or .png\n"),
        (["-o", "net"], "net: a picture is written as .svg or .png\n"),
        (["--format", "dot"], "unknown format 'dot' (known: json, svg, tree)\n"),
    ],
)
def test_what_cannot_be_written(run: Any, args: list[str], message: str) -> None:
    ran = run("draw", "mobilenet_v2", *args)
    assert (ran.code, ran.out, ran.err) == (2, "", message)


def test_an_unknown_block(run: Any) -> None:
    ran = run("draw", "mobilenet_v2", "--block", "bottlneck_3")
    assert (ran.code, ran.out) == (2, "")
    assert "unknown block 'bottlneck_3'; did you mean 'bottleneck_3'?" in ran.err
    assert ran.err.count("\n") == 1
