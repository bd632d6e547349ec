"""What people see: as wide as their terminal, never cut, and nothing but text from spec files."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

import archcalc
from archcalc.cli._screen import Column, Grid, Screen

COMMANDS = [
    "count {}",
    "count {} --by row",
    "count {} --by op --convention paper:weights",
    "show {}",
    "check {}",
    "explain {}",
    "groups {}",
    "diff mobilenet_v2 {}",
]
ALL = [command.format(name) for command in COMMANDS for name in archcalc.zoo_names()]


def lines_of(out: str) -> list[str]:
    assert "\x1b" not in out
    return out.splitlines()


def assert_it_fits(run: Any, command: str, columns: int) -> None:
    out = run(*command.split(), columns=columns).out
    assert max(map(cell_len, lines_of(out))) <= columns
    assert "…" not in out


@pytest.mark.parametrize("command", ["list", "runtimes", "doctor", "check", *ALL])
def test_nothing_is_wider_than_the_screen_or_cut(run: Any, command: str) -> None:
    assert_it_fits(run, command, 80)


@pytest.mark.parametrize("columns", [50, 60, 120])
def test_narrow_and_wide_screens(run: Any, columns: int) -> None:
    assert_it_fits(run, "list", columns)
    for command in COMMANDS:
        for name in ("googlenet", "mobilenet_v3_large"):
            assert_it_fits(run, command.format(name), columns)


@pytest.mark.parametrize("name", archcalc.zoo_names())
def test_layers_stand_on_one_line_each_at_80_columns(run: Any, name: str) -> None:
    table = archcalc.count(archcalc.build(name))
    lines = lines_of(run("count", name, columns=80).out)
    for layer in table.layers:
        part = layer.node.id.removeprefix(f"{layer.node.block}.")
        assert any(part in line and layer.node.op.label in line for line in lines)
    assert len(lines) < 2 * len(table.layers) + 30


def test_without_a_screen_everything_stands_in_full(run: Any) -> None:
    lines = lines_of(run("check", "mobilenet_v1").out)
    assert max(map(len, lines)) > 100
    count = run("count", "mobilenet_v2").out
    assert "  project.conv" in count
    assert "10,838,016" in count


def test_totals_come_first_and_errata_are_marked(run: Any) -> None:
    out = run("count", "mobilenet_v1", columns=80).out
    lines = out.splitlines()
    assert lines[0] == "mobilenet_v1 · 224x224x3 · paper"
    assert lines[1].split() == ["MAdds", "568,740,352", "569M"]
    assert "dwconv_18.1 †" in out
    assert "† erratum, dwconv_18: printed 's2'" in out
    assert "paper: multiply-adds of convolutions" in out


def test_by_op_says_what_table_2_misprints(run: Any) -> None:
    out = run("count", "mobilenet_v1", "--by", "op", "--convention", "paper:weights").out
    assert "the paper prints 1.19%, computed 1.91%" in out


def test_a_narrow_table_breaks_between_words(run: Any) -> None:
    lines = lines_of(run("show", "inception_v2", columns=80).out)
    (row,) = [number for number, line in enumerate(lines) if "Mixed_4a  inception" in line]
    assert lines[row].split()[1:5] == ["Mixed_4a", "inception", "stride", "28x28x576"]
    assert [line.split() for line in lines[row + 1 : row + 3]] == [
        ["(3c)", "2", "pass"],
        ["through"],
    ]
    assert max(map(cell_len, lines)) <= 80


def test_show_marks_errata_and_repeats(run: Any) -> None:
    out = run("show", "mobilenet_v1", columns=80).out
    assert re.search(r"18† +Conv dw / s2 +3x3x1024 dw +7x7x1024", out)
    assert re.search(r"14 +5×┐ +Conv dw / s1", out)
    assert "† erratum, row 18: printed 's2'; the next row's 7x7 input needs s1" in out
    numbers = [re.match(r" *\d+", line) for line in out.splitlines()]
    assert len({number.end() for number in numbers if number}) == 1, "marks hang beside numbers"
    used = run("show", "mobilenet_v3_small").out
    assert re.search(r"13† .* ✓ ", used)
    assert "used: SE=-" in used


def test_check_has_words_and_counts(run: Any) -> None:
    ran = run("check", "mobilenet_v1", columns=80)
    assert "reproduced" in ran.out
    assert "† Conv 3x3 MAdds share: digits swapped" in ran.out
    last = ran.out.splitlines()[-1]
    assert re.fullmatch(
        r"\d+ reproduced, \d+ erratum, \d+ close, 0 differs, \d+ not computable", last
    )


def test_explain_shows_both_figures(run: Any) -> None:
    out = run("explain", "mobilenet_v1", columns=80).out
    assert "MAdds        568,740,352 → 533,833,216  -6.14%" in out
    assert "MAdds               575M →      568.7M  -1.09%" in out
    narrow = run("explain", "mobilenet_v3_small").out
    assert "+0.84% = 44M as printed" in narrow
    assert "(table 2, row conv_15; mobilenet_v3_small@0.75)" in narrow


def test_explain_of_a_net_without_pitfalls(run: Any, tiny: Path) -> None:
    assert run("explain", tiny).out.endswith("nothing is known to be misread\n")


def test_text_of_spec_files_is_shown_as_it_is(run: Any, tiny: Path) -> None:
    text = tiny.read_text().replace(
        "name: tiny",
        'name: tiny\ntitle: "[bold]x[/bold] [link=file:///]y :smile: \\e[31mred\\e[0m\\u202e"\n'
        'note: "a\\nb\\a"',
    )
    tiny.write_text(text.replace("{id: stem}", '{id: stem, erratum: "[red]\\e]0;t\\a"}'))
    for command in (["show", tiny], ["count", tiny], ["count", tiny, "--format", "md"]):
        out = run(*command).out
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e]", out)
    shown = run("show", tiny).out
    assert "[bold]x[/bold] [link=file:///]y :smile: [31mred[0m" in shown
    assert "[red]]0;t" in shown
    assert "\na b\n" in shown
    assert "\x1b" in run("show", tiny, "--format", "json").data["title"]


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("quiet", [True, False])
def test_no_color_is_heeded(monkeypatch: pytest.MonkeyPatch, quiet: bool) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)
    if quiet:
        monkeypatch.setenv("NO_COLOR", "1")
    screen = Screen(Terminal())
    assert screen.width == 80  # no terminal behind it tells another
    screen.line("words", "bold red")
    assert ("\x1b" in screen.rendered()) is not quiet


def test_a_stream_without_unicode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    screen = Screen(io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    grid = Grid((Column("a"), Column("b", right=True)))
    grid.add("x", "1")
    screen.table(grid)
    assert screen.rendered() == "a  b\n----\nx  1\n"


def test_long_words_are_folded_never_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    screen = Screen(io.StringIO())
    grid = Grid((Column("id", fold=True), Column("number", right=True)))
    grid.add("x" * 100, "9" * 60)
    screen.table(grid)
    text = screen.rendered()
    assert (text.count("x"), text.count("9")) == (100, 60)
    assert max(map(len, text.splitlines())) <= 40


def test_json_to_a_pipe_is_plain(run: Any) -> None:
    assert json.loads(run("count", "mobilenet_v1", "--format", "json", columns=40).out)
