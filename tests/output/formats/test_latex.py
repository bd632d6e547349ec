r"""LaTeX: texts are set unchanged, tables compile, and no text acts as a command."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

import archcalc
from archcalc.base.plain import plain
from archcalc.base.tables import Record, Records, Table
from archcalc.cost.counting.paper_rows import with_costs
from archcalc.cost.scaling.sweeping import sweep
from archcalc.output.formats import dumps
from archcalc.output.render.tex_text import OTHER, escape
from tests.hostile import MARKER, TEXTS, Hostile

ACCENTS = "`'^~=.\"urHvcdb"
LETTERS = {
    "textbackslash", "textasciitilde", "textasciicircum", "textless", "textgreater", "textbar",
    "textasciigrave", "textdagger", "textdaggerdbl", "textcopyright", "textbullet", "dots", "S",
    "P", "pounds", "ss", "ae", "AE", "oe", "OE", "o", "O", "l", "L", "i", "j", "char",
    "allowbreak", "textsuperscript", "archcalcother",
}  # fmt: skip
"""Every command that may come of a text, outside formulas; none reads, writes or defines."""
FORMULA = re.compile(r"\$(?:\^?\\[A-Za-z]+(?:\{[0-9]\}\{[0-9]\})?|\^?-)\$")
OTHERS = re.compile(
    r"\\archcalcother\{([^{}\\$&#%_^~]+)\}\{\[(?:[0-9]+ characters|[U+0-9A-F ]+)\]\}"
)


def assert_harmless(written: str) -> None:
    """Take what was written apart: known commands, escaped signs, and characters without power."""
    for characters in OTHERS.findall(written):
        assert not characters.isascii()
    rest = OTHERS.sub("", written)
    assert rest.isascii()
    rest = FORMULA.sub("", rest)
    rest = re.sub(r"\\[\\{}$&#%_]", lambda m: "" if m[0] != r"\\" else m[0], rest)
    for name in re.findall(r"\\([A-Za-z]+|.)", rest):
        assert name in LETTERS or name in ACCENTS
    rest = re.sub(r"\\([A-Za-z]+|.)", "", rest)
    depth = 0
    for character in rest:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
    assert not set(rest) & set('\\&%$#_^<>|"')


@given(st.text())
def test_any_text_is_harmless(text: str) -> None:
    assert_harmless(escape(plain(text)))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_hostile_texts_are_harmless(text: str) -> None:
    assert_harmless(escape(plain(text)))


def test_characters_that_are_set_unchanged() -> None:
    assert escape(r"\&%$#_{}~^<>|") == (
        r"\textbackslash{}\&\%\$\#\_\{\}\textasciitilde{}\textasciicircum{}"
        r"\textless{}\textgreater{}\textbar{}"
    )
    assert escape("3x3, 1x1 conv / s2") == "3x3, 1x1 conv / s2"
    assert escape("Łódź, François, ĳ") == r"\L{}\'{o}d\'{z}, Fran\c{c}ois, ij"
    assert escape("α²ρ² × 10⁻⁴") == (
        r"$\alpha$\textsuperscript{2}$\rho$\textsuperscript{2} $\times$ 10$^-$\textsuperscript{4}"
    )
    # what would melt into another sign
    assert escape("--width !`'' ,,") == r"-{}-width !{}\textasciigrave{}'{}' ,{},"
    assert escape("深度 😀") == (
        r"\archcalcother{深度}{[U+6DF1 U+5EA6]} \archcalcother{😀}{[U+1F600]}"
    )
    assert escape("a\N{COMBINING ACUTE ACCENT}") == escape("á") == r"\'{a}"


def test_a_word_without_an_end_may_break() -> None:
    assert escape("m" * 40) == "m" * 40
    assert escape("m" * 41) == r"\allowbreak{}".join(["m" * 20, "m" * 20, "m"])


def columns(rows: Sequence[Record]) -> Table:
    return Records("a table", rows)


def test_a_table_to_paste() -> None:
    rows = [{"x": "[3]", "n": -1234567}, {"x": "*", "n": 0.5}]
    text = dumps(Records("two & two", rows, ["erratum, 100 %"]), "tex")
    lines = text.splitlines()
    assert lines[0] == r"% \usepackage{booktabs, graphicx}"
    assert r"\begin{tabular}{lr}" in text
    assert r"\caption{two \& two}" in lines
    assert r"\label{tab:two-two}" in lines
    # after \\ a bracket or a star would be read as an argument
    assert lines.index(r"{}[3] & $-$1,234,567 \\") + 1 == lines.index(r"{}* & 0.5 \\")
    assert text.index(r"\bottomrule") < text.index(r"100 \%") < text.index(r"\end{table}")


def test_many_rows_run_over_pages_under_a_repeated_head() -> None:
    text = dumps(columns([{"x": 1}] * 100), "tex")
    assert text.count(r"\toprule") == 2
    assert r"\endfirsthead" in text
    assert r"\begin{table}" not in text


def test_long_cells_take_several_lines() -> None:
    text = dumps(columns([{"name": "a", "why": "words " * 20}]), "tex")
    assert re.search(
        r"\\begin\{tabular\}\{l>\{\\raggedright\\arraybackslash\}p\{0\.\d+\\linewidth\}\}", text
    )
    assert text.startswith("% \\usepackage{array, booktabs}\n")


def test_what_pdftex_lacks_brings_its_definition() -> None:
    text = dumps(columns([{"x": "深度"}]), "tex")
    assert all(line in text.splitlines() for line in OTHER)
    assert "archcalcother" not in dumps(columns([{"x": "é"}]), "tex")


PREAMBLE = r"\documentclass{article}\usepackage{array, booktabs, graphicx, longtable}"


def compiled(
    folder: Path, texts: Sequence[str], engine: str, preamble: str = PREAMBLE, runs: int = 1
) -> str:
    """Return what the first pages say of the PDF that an engine makes, which it may not refuse."""
    if shutil.which(engine) is None:
        pytest.skip(f"{engine} is not installed")
    pages = "\n\\clearpage\n".join(texts)
    (folder / "a.tex").write_text(
        f"{preamble}\\begin{{document}}\\listoftables\n{pages}\\end{{document}}\n"
    )
    command = [engine, "-no-shell-escape", "-halt-on-error", "-interaction=nonstopmode", "a.tex"]
    for _ in range(runs):  # the second one reads the list of tables
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
        assert done.returncode == 0, done.stdout.decode(errors="replace")[-2000:]
    return "\n".join(page.extract_text() for page in PdfReader(folder / "a.pdf").pages[:8])


@pytest.mark.parametrize("runs", [1, 2])
def test_it_compiles(tmp_path: Path, runs: int) -> None:
    names = ("mobilenet_v1", "googlenet", "ssd300_mobilenet_v1")
    costs = [archcalc.count(archcalc.build(name)) for name in names]
    dangerous = ("latex", "pipe", "script", "mathtext")
    tables: list[Table] = [*(Hostile(TEXTS[name]) for name in dangerous), costs[0].by("op")]
    tables += [*map(with_costs, costs), *costs[:1], sweep("mobilenet_v2", widths="0.5,1")]
    tables += [Hostile(text) for name, text in TEXTS.items() if name not in dangerous]
    texts = [dumps(table, "tex") for table in tables]
    extra = r"\usepackage[T1]{fontenc}\usepackage{hyperref}" if runs == 1 else ""
    read = compiled(tmp_path, texts, "pdflatex", PREAMBLE + extra, runs)
    assert "568,740,352" in read
    assert "root:" not in read  # of /etc/passwd
    assert f"{MARKER}|cmd" in read


@pytest.mark.slow
def test_it_compiles_where_unicode_is_known(tmp_path: Path) -> None:
    names = sorted(TEXTS, key=lambda name: name != "pipe")
    texts = [dumps(Hostile(TEXTS[name]), "tex") for name in names]
    assert f"{MARKER}|cmd" in compiled(tmp_path, texts, "lualatex", runs=2)
