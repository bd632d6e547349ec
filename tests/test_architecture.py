"""The layout: imports flow one way, and no public function shares its name with a folder."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import archcalc

ROOT = Path(archcalc.__file__).parent
FLOORS = {
    "base": (
        "errors", "limits", "number", "units", "plain", "messages", "names", "signs", "document",
        "tables",
    ),
    "language": ("ops", "conventions", "blocks", "zoo", "spec", "transforms", "graph", "loading"),
    "cost": ("counting", "claims", "scaling"),
    "models": ("nets", "latency"),
    "studies": ("budgets", "lessons"),
    "output": (
        "files", "palette", "charts", "drawing", "present", "render", "workbook", "formats",
        "reporting", "exporting",
    ),
    "cli": (),
}  # fmt: skip
"""The floors and their rooms in the order in which data flow: imports only point up this list."""
PLACES = [(floor, room) for floor, rooms in FLOORS.items() for room in rooms or ("",)]


def place(parts: tuple[str, ...]) -> int:
    floor, room = parts[0], parts[1].removesuffix(".py") if len(parts) > 1 else ""
    return PLACES.index((floor, room if FLOORS[floor] else ""))


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


FILES = [file for file in sorted(ROOT.rglob("*.py")) if len(file.relative_to(ROOT).parts) > 1
         and file.relative_to(ROOT).parts[1:] != ("__init__.py",)]  # fmt: skip


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_imports_only_point_back(file: Path) -> None:
    own = place(file.relative_to(ROOT).parts)
    for module in imports(file):
        if module.startswith("archcalc.") and module != "archcalc._version":
            assert place(tuple(module.split(".")[1:])) <= own, f"{file.name} imports {module}"


def test_no_public_name_is_a_folder() -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir()}
    assert not folders & set(archcalc.__all__)


def test_every_public_name_resolves() -> None:
    for name in archcalc.__all__:
        assert getattr(archcalc, name) is not None
    with pytest.raises(AttributeError):
        archcalc.no_such_name  # noqa: B018 - the look-up is what is tested


def test_type_checkers_see_every_public_name() -> None:
    tree = ast.parse((ROOT / "__init__.py").read_text())
    (block,) = (node for node in tree.body if isinstance(node, ast.If))
    seen = [
        name.asname
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    ]
    assert sorted(map(str, seen)) == sorted(archcalc.__all__)


@pytest.mark.parametrize("init", sorted(ROOT.rglob("__init__.py")), ids=lambda f: f.parent.name)
def test_no_package_exports_a_name_of_its_own_submodules(init: Path) -> None:
    """Else what the name means depends on which of the two was imported last."""
    modules = {path.stem for path in init.parent.iterdir() if path.suffix == ".py"}
    modules |= {path.parent.name for path in init.parent.glob("*/__init__.py")}
    names: set[str] = set()
    for node in ast.parse(init.read_text()).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            names |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
    assert not names & modules
