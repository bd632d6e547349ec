"""The layout: imports flow one way, and no public function shares its name with a folder."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import archcalc

ROOT = Path(archcalc.__file__).parent
ORDER = [
    "errors",
    "limits",
    "number",
    "units",
    "plain",
    "notebook",
    "tables",
    "messages",
    "ops",
    "blocks",
    "spec",
    "transforms",
    "graph",
    "cost",
    "loading",
    "scaling",
    "nets",
    "lessons",
    "latency",
    "budgets",
    "charts",
    "drawing",
    "workbook",
    "formats",
    "reporting",
    "exporting",
    "cli",
]
"""In the order in which data flow: a part imports from itself and from those before it."""


def part(module: str) -> str:
    return module.split(".")[1]


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


FILES = [file for file in sorted(ROOT.rglob("*.py")) if file != ROOT / "__init__.py"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_imports_only_point_back(file: Path) -> None:
    own = file.relative_to(ROOT).parts[0].removesuffix(".py")
    assert own in ORDER, f"{own} has no place in the order"
    for module in imports(file):
        if not module.startswith("archcalc."):
            continue
        # an operator names its torch class where it builds it, and nothing else looks ahead
        if own == "ops" and module == "archcalc.nets.layers":
            continue
        assert ORDER.index(part(module)) <= ORDER.index(own), f"{file.name} imports {module}"


def test_no_public_name_is_a_folder() -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir()}
    assert not folders & set(archcalc.__all__)
    assert "pages" not in folders


def test_every_public_name_resolves() -> None:
    for name in archcalc.__all__:
        assert getattr(archcalc, name) is not None
    with pytest.raises(AttributeError):
        archcalc.no_such_name  # noqa: B018 - the look-up is what is tested
