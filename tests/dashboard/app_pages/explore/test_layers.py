"""What imports what: streamlit stays within the shell and the pages."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from archcalc.base.messages import LANGUAGES, messages
from dashboard.shell.choice import COMMON
from dashboard.shell.pages import page_module, page_names
from tests.each import each

ROOT = Path(__file__).parents[2]
VIEWS = sorted((ROOT / "dashboard" / "views").rglob("*.py"))
OUTSIDE = [
    *sorted((ROOT / "archcalc").rglob("*.py")),
    # the dashboard's own benchmark runs its script with streamlit's test client
    *sorted(set((ROOT / "benchmarks").rglob("*.py")) - {ROOT / "benchmarks" / "dashboard.py"}),
]


LIGHT = """\
import sys
from streamlit.testing.v1 import AppTest
app = AppTest.from_string("from dashboard.shell.frame import main; main('explore')").run(timeout=60)
assert not app.exception and len(app.main) > 3, app
print("torch" in sys.modules, "sklearn" in sys.modules)
"""


def _imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def test_nothing_outside_imports_streamlit() -> None:
    assert [str(file) for file in [*OUTSIDE, *VIEWS] if "streamlit" in _imported(file)] == []


def test_views_import_no_page_and_no_shell() -> None:
    for file in VIEWS:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("dashboard"):
                assert (node.module or "").startswith("dashboard.views"), file


@each("name", page_names())
def test_a_page_is_whole(name: str) -> None:
    assert callable(page_module(name).show)
    for language in LANGUAGES:
        assert f"dashboard_{name}.title" in messages(language)


def test_the_first_page_runs_without_torch() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            LIGHT,
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["False", "False"]


def test_a_name_in_the_link_is_one_field_on_all_pages() -> None:
    fields = {field.name: field for field in COMMON}
    for name in page_names():
        for field in getattr(page_module(name), "FIELDS", ()):
            assert fields.setdefault(field.name, field) is field, f"{name}: {field.name}"
