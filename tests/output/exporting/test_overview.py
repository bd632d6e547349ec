"""Nets and specs in notebooks."""

from __future__ import annotations

import html
import re
import subprocess
import sys

import pytest

import archcalc
from archcalc import Spec
from archcalc.base.tables import SHOWN
from archcalc.cost.scaling.sweeping import sweep
from archcalc.output.drawing import draw
from tests.zoo import few


def test_a_net_shows_what_it_costs_and_its_drawing() -> None:
    net = archcalc.build("mobilenet_v2", width="0.75")
    shown = net._repr_html_()
    table = archcalc.count(net)
    assert net.title in shown
    assert f">{table.madds:,}</span>" in shown
    for record in table.by("stage").records():
        assert f">{record['madds']:,}</td>" in shown
    assert all(text in shown for text in re.findall("<text[^>]*>([^<&]+)</text>", draw(net).svg))


@pytest.mark.parametrize("name", few(archcalc.zoo_names()))
def test_a_spec_shows_the_papers_table_with_its_errata(name: str) -> None:
    spec = archcalc.load(name)
    shown = spec._repr_html_()
    assert f"{archcalc.count(archcalc.build(spec)).madds:,}</td>" in shown
    for text in archcalc.build(spec).graph.errata.values():
        assert text in html.unescape(shown)


def test_an_invalid_spec_shows_its_errors() -> None:
    spec = Spec("archcalc: 1\nname: x\ninput: 8x8x3\nrows:\n- {op: conv 3x3}\n- {op: nothing}\n")
    shown = spec._repr_html_()
    assert "out: not given" in shown
    assert "unknown operator" in shown


def test_a_long_table_is_shortened_with_a_note() -> None:
    grid = sweep("mobilenet_v1", widths="0.01:1:0.01", resolutions="128,224")
    shown = grid._repr_html_()
    assert shown.count("<tr") == SHOWN + 1
    assert f"… {200 - SHOWN} more rows" in shown
    whole = sweep("mobilenet_v1", widths="0.1:1:0.1")._repr_html_()
    assert "more rows" not in whole


def test_numbers_stand_to_the_right_in_groups_of_three() -> None:
    shown = archcalc.count(archcalc.build("mobilenet_v1"))._repr_html_()
    assert '<td class="figure">10,838,016</td>' in shown
    assert '<th scope="row">conv</th>' in shown


def test_showing_a_net_imports_nothing_heavy() -> None:
    code = (
        "import sys, archcalc; archcalc.build('mobilenet_v1')._repr_html_(); "
        "print(*sorted({'numpy', 'pandas', 'torch', 'matplotlib'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
