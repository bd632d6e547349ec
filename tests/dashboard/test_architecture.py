"""The dashboard's layout: from the shell to the kit to the pages, and what it reads of archcalc."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import pytest

import archcalc
from dashboard.shell.pages import page_names
from tests.each import each
from tests.imports import arrows, sources

FILES = {module: file for module, file in sources().items() if module.startswith("dashboard")}
APP_PAGES = Path(FILES["dashboard.app_pages"]).parent

READS: Mapping[str, str] = {
    "base": "errors, words, names, numbers as texts, the document model",
    "language.graph": "resolutions and prune ratios are read as `build` reads them",
    "language.ops": "which layers are activations",
    "language.spec": "titles of the zoo; the rows of a spec, printed or edited",
    "language.transforms": "transforms are read as `transform` reads them",
    "cost.claims": "verdicts on what papers print",
    "cost.counting": "rows before and after, nets in line, groups of layers",
    "cost.scaling": "usual widths and resolutions, cuts, pruning as a width",
    "models.latency": "runtimes, requests, the process that measures",
    "studies.budgets": "fronts, published accuracies, equal costs",
    "studies.lessons": "the numbers of every lesson",
    "output.charts": "pictures, and Vega-Lite for the browser",
    "output.drawing": "drawings of nets and of convolutions",
    "output.formats": "files of tables",
    "output.palette": "colours that figures share",
    "output.present": "results as document blocks",
    "output.render": "document blocks as HTML, letters for Chinese",
    "output.reporting": "reports, and their sections that pages show too",
    "output.workbook": "workbooks",
}
"""What the dashboard reads beside the public API: rooms of archcalc, each with its reason."""


@pytest.mark.parametrize("module", FILES)
def test_imports_flow_from_shell_to_kit_to_pages(module: str) -> None:
    _, area, page, *_ = [*module.split("."), "", ""]
    allowed = {
        "": ("shell",),
        "app": ("shell",),
        "shell": ("shell",),
        "kit": ("shell", "kit"),
        "app_pages": ("shell", "kit", f"app_pages.{page}"),
    }[area]
    places = tuple(f"dashboard.{place}." for place in allowed)
    ours = [one for one in arrows()[module] if one.startswith("dashboard")]
    assert [one for one in ours if not one.startswith(places)] == []


def test_what_is_read_of_archcalc_is_listed() -> None:
    read = {one for module in FILES for one in arrows()[module] if one.startswith("archcalc.")}
    rooms = {".".join(one.split(".")[1:3]) for one in read}
    assert {"base" if one.startswith("base.") else one for one in rooms} == set(READS)


def test_what_is_public_is_imported_as_such() -> None:
    for file in FILES.values():
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("archcalc."):
                for name in {one.name for one in node.names} & set(archcalc.__all__):
                    found = getattr(import_module(str(node.module)), name)
                    assert found is not getattr(archcalc, name), f"{file}: {name}"


@each("module", [one for one in FILES if ".data_" in one])
def test_data_knows_no_streamlit(module: str) -> None:
    seen, waiting = set(), [module]
    while waiting:
        one = waiting.pop()
        if one in FILES and one not in seen:
            seen.add(one)
            assert "import streamlit" not in FILES[one].read_text(), one
            waiting += arrows()[one]


@each("page", page_names())
def test_a_page_is_a_folder_with_tests_beside_it(page: str) -> None:
    kinds = ("__init__", "page", "parts", "data_", "show_", "chart_", "tab_")
    files = {path.stem for path in (APP_PAGES / page).glob("*.py")}
    assert "page" in files
    assert all(one.startswith(kinds) for one in files)
    assert (Path(__file__).parent / "app_pages" / page / "test_page.py").is_file()
