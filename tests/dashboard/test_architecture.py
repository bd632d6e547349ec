"""The dashboard's layout: imports flow from the shell to the kit to the pages, lazy ones too."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import dashboard
from dashboard.shell.pages import page_names

ROOT = Path(dashboard.__file__).parent
FILES = {
    ".".join(("dashboard", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(
        ".__init__"
    ): path
    for path in sorted(ROOT.rglob("*.py"))
}
PAGES = page_names()


def imports(module: str) -> Iterator[str]:
    """Yield what a file imports anywhere in it, also by name in a call of ``import_module``."""
    for node in ast.walk(ast.parse(FILES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module, "imports are absolute"
            for name in node.names:
                inner = f"{node.module}.{name.name}"
                yield inner if inner in FILES else node.module
        elif isinstance(node, ast.Call) and "import_module" in ast.unparse(node.func):
            yield ast.literal_eval(node.args[0]) if isinstance(node.args[0], ast.Constant) else ""


def own(module: str) -> list[str]:
    return [one for one in imports(module) if one.startswith("dashboard")]


@pytest.mark.parametrize("module", FILES)
def test_imports_flow_from_shell_to_kit_to_pages(module: str) -> None:
    _, area, page, *_ = [*module.split("."), "", ""]
    allowed = {
        "": ("dashboard.shell",),
        "app": ("dashboard.shell",),
        "shell": ("dashboard.shell",),
        "kit": ("dashboard.shell", "dashboard.kit"),
        "app_pages": ("dashboard.shell", "dashboard.kit", f"dashboard.app_pages.{page}"),
    }[area]
    for one in own(module):
        assert one.startswith(tuple(f"{place}." for place in allowed)), f"{module} imports {one}"


def test_files_import_each_other_in_no_circle() -> None:
    done: set[str] = set()

    def follow(module: str, way: tuple[str, ...]) -> None:
        assert module not in way, " → ".join((*way, module))
        if module not in done:
            for one in own(module):
                follow(one, (*way, module))
            done.add(module)

    for module in FILES:
        follow(module, ())


@pytest.mark.parametrize("module", [one for one in FILES if ".data_" in one])
def test_data_knows_no_streamlit(module: str) -> None:
    seen: set[str] = set()

    def reached(one: str) -> None:
        if one in FILES and one not in seen:
            seen.add(one)
            for other in imports(one):
                assert other.partition(".")[0] != "streamlit", f"{one} imports streamlit"
                reached(other)

    reached(module)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_a_folder_with_tests_beside_it(page: str) -> None:
    folder = ROOT / "app_pages" / page
    kinds = ("__init__", "page", "parts", "data_", "show_", "chart_", "tab_")
    assert (folder / "page.py").is_file()
    assert all(path.stem.startswith(kinds) for path in folder.glob("*.py"))
    assert (Path(__file__).parent / "app_pages" / page / "test_page.py").is_file()
