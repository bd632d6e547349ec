"""The imports of the source files, lazy ones too, for the tests of the architecture."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]


@cache
def sources() -> Mapping[str, Path]:
    """Return every source file of the package and of the dashboard, by its module."""
    found = {}
    for folder in ("archcalc", "dashboard"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            parts = file.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


@cache
def arrows() -> Mapping[str, frozenset[str]]:
    """Return for each module the modules of ours that it imports, anywhere in its file.

    ``from folder import name`` is an arrow to ``folder.name`` where that is a file; so is
    ``import_module("a.constant")``.
    """
    return {
        module: frozenset(name for name in _named(ast.parse(file.read_text())) if name != module)
        for module, file in sources().items()
    }


def _named(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [
                full if (full := f"{node.module}.{alias.name}") in sources() else node.module
                for alias in node.names
            ]
        elif _is_import_module(node):
            names = [arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant)]
        else:
            continue
        yield from (name for name in names if name in sources())


def _is_import_module(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    function = node.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name == "import_module"


def circles(graph: Mapping[str, frozenset[str]]) -> list[set[str]]:
    """Return the sets of modules that import one another, directly or through others."""
    reached = {module: _reachable(graph, module) for module in graph}
    found: list[set[str]] = []
    for module in graph:
        circle = {other for other in reached[module] if module in reached.get(other, ())}
        if circle and circle not in found:
            found.append(circle)
    return found


def _reachable(graph: Mapping[str, frozenset[str]], start: str) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for target in graph.get(waiting.pop(), ()):
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen
