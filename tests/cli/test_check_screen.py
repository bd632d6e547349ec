"""``archcalc check`` for people: the papers' tables with what is computed beside them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import archcalc
from archcalc.cost.claims.judge import check_all
from archcalc.cost.claims.printed import printed_tables


def sections(out: str) -> dict[str, list[str]]:
    """Return the lines of each table by its title."""
    parts = [part.splitlines() for part in out.strip().split("\n\n")]
    parts = parts[1:] if parts[0][0].startswith("printed against computed") else parts
    return {lines[0]: lines[1:] for lines in parts}


SHOWN: dict[int | None, str] = {}


def whole(run: Any, columns: int | None = None) -> str:
    """Return what `archcalc check` shows of the whole zoo; it runs once for each width."""
    if columns not in SHOWN:
        SHOWN[columns] = run("check", columns=columns).out
    return SHOWN[columns]


def test_a_printed_table_is_one_table_however_many_nets_it_spans(run: Any) -> None:
    parts = sections(whole(run))
    names = [re.split(" · |, counted", title)[0] for title in parts]
    assert len(names) == len(set(names))
    named = [name for name in printed_tables() if name in names]
    assert names[: len(named)] == named  # the lecture's papers first, in their order
    assert names.count("TF-slim README (mobilenet/README.md)") == 1
    (lines,) = (lines for title, lines in parts.items() if title.startswith("V2 table 4 · "))
    nets = [line for line in lines if "mobilenet_v" in line]
    assert nets[0].startswith("MobileNetV1 ")
    assert {"mobilenet_v1", "mobilenet_v2", "mobilenet_v2@1.4"} <= set(" ".join(nets).split())


def test_a_title_names_the_conventions(run: Any) -> None:
    titles = [*sections(run("check", "mobilenet_v1", "mobilenet_v1_conv", "mobilenet_v2").out)]
    by_name = {title.partition(" · ")[0]: title for title in titles}
    assert by_name["V1 table 2"].endswith(", counted by paper:weights")
    assert by_name["V1 table 4"].endswith(", counted by paper:conv_only; MobileNet: paper")
    assert by_name["V2 table 4"].endswith(", counted by paper:no_norm; MobileNetV1: paper")


def test_a_row_is_printed_once_with_every_figure(run: Any) -> None:
    out = run("check", "mobilenet_v2").out
    (line,) = (line for line in out.splitlines() if line.startswith("MobileNetV2 (1.4) "))
    cells = re.split(r"\s{2,}", line)
    net = archcalc.build("mobilenet_v2", width=1.4)
    madds, params = archcalc.count(net).madds, archcalc.count(net, "paper:no_norm").params
    assert cells == [
        "MobileNetV2 (1.4)", "74.7", "6.9M", f"{params:,}", "erratum -12.16% [1]",
        "585M", f"{madds:,}", "close -0.48%", "143ms",
    ]  # fmt: skip
    narrow = run("check", "mobilenet_v2", columns=80).out
    (line,) = (line for line in narrow.splitlines() if line.startswith("MobileNetV2 (1.4) "))
    assert line.split()[2:] == ["74.7", "6.9M", "6.06M", "†[1]", "585M", "582.2M", "≈", "143ms"]


def test_every_figure_is_shown(run: Any) -> None:
    figures = check_all(archcalc.load(name) for name in archcalc.zoo_names()).results
    for columns in (80, None):
        # signs and marks stand close to figures where space is short
        words = set(re.sub(r"[†≈✓⌊]|\[\d+\]", " ", whole(run, columns)).split())
        for one in figures:
            assert one.printed in words, one


def test_each_remark_is_said_once_and_phones_need_no_verdict(run: Any) -> None:
    out = whole(run)
    for why in ("counts 1001 classes, and saved statistics", "never compared with this machine"):
        assert out.count(why) == 1
    tables = out.rpartition("\n\n")[0]
    assert "not computable" not in tables
    assert out.splitlines()[-1].endswith(" not computable")


def test_what_differs_is_said_with_its_distance(run: Any, tiny: Path) -> None:
    tiny.write_text(tiny.read_text() + "claims:\n- {madds: 99M, top1: 3, table: table 9}\n")
    ran = run("check", tiny)
    assert ran.code == 1
    assert re.search(r"^1 tiny-8 +3 +99M +[0-9,]+ +differs -99\.\d+%$", ran.out, re.MULTILINE)
    assert "table 9, counted by paper" in ran.out
    assert "✗" in run("check", tiny, columns=40).out


def test_what_the_net_cannot_have_is_marked(run: Any, tmp_path: Path) -> None:
    text = archcalc.load("vgg16").replace(claims=[{"madds": 996, "resolution": 8}]).to_yaml()
    path = tmp_path / "small.yaml"
    path.write_text(text)
    out = run("check", path).out
    assert re.search(r"996 +not computable", out)
    assert "an input of 8 is too small" in out
