"""The layout of CONTRIBUTING.md, held against the imports: one way, no circles, files of a size."""

from __future__ import annotations

import ast
import re

import pytest

import archcalc
from tests.imports import ROOT, arrows, circles, sources

PACKAGE = ROOT / "archcalc"
LAYOUT = re.search(r"```text\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(), re.DOTALL)
FLOORS = {line.split()[0]: line.split()[1:] for line in (LAYOUT[1].splitlines() if LAYOUT else ())}
"""The floors and their rooms in the order in which data flow, as CONTRIBUTING.md draws them."""
PLACES = [(floor, room) for floor, rooms in FLOORS.items() for room in rooms or ("",)]
LOOKS_AHEAD = "archcalc.base.tables"
"""The one file that may: how a result is printed is known only above."""
SCANNED = (
    "language.ops", "language.blocks", "language.transforms", "models.latency.runtimes",
    "output.formats", "output.reporting.engines", "output.reporting.sections", "cli",
)  # fmt: skip
"""Folders of which each file without an underscore is one of a kind; helpers keep theirs."""
LONGEST, SHORT, MOST_SHORT = 350, 40, 40


def place(module: str) -> int | None:
    """Return where a module is in the layout; None for the package itself and its version."""
    parts = [*module.split(".")[1:], ""]
    if module.startswith("dashboard"):
        parts = ["dashboard", *parts]
    if parts[0] not in FLOORS or (FLOORS[parts[0]] and not parts[1]):
        return None
    return PLACES.index((parts[0], parts[1] if FLOORS[parts[0]] else ""))


def test_every_file_has_a_place_in_the_layout() -> None:
    for module in sources():
        if module.count(".") > 1 or (module.count(".") == 1 and "dashboard" in module):
            assert place(module) is not None, module


def test_imports_only_point_up_the_layout() -> None:
    wrong = [
        f"{module} imports {target}"
        for module, targets in arrows().items()
        for target in targets
        if (own := place(module)) is not None
        and (other := place(target)) is not None
        and other > own
        and module != LOOKS_AHEAD
    ]
    assert not wrong


def test_the_look_ahead_is_at_what_lays_results_out() -> None:
    own = place(LOOKS_AHEAD)
    assert own is not None
    ahead = {one for one in arrows()[LOOKS_AHEAD] if (place(one) or 0) > own}
    assert {one.split(".")[2] for one in ahead} == {"present", "render"}


def test_no_files_import_one_another() -> None:
    graph = {module: targets for module, targets in arrows().items() if module != LOOKS_AHEAD}
    assert not circles(graph)


def test_only_helpers_of_scanned_folders_have_an_underscore() -> None:
    for module in sources():
        folder, _, name = module.removeprefix("archcalc.").rpartition(".")
        if name.startswith("_") and name not in ("_version", "__main__"):
            assert folder in SCANNED, module


def test_files_are_of_a_size_to_be_read_at_once() -> None:
    lengths = {
        module: len(file.read_text().splitlines())
        for module, file in sources().items()
        if file.name != "__init__.py"
    }
    assert [module for module, length in lengths.items() if length > LONGEST] == []
    assert sum(length < SHORT for length in lengths.values()) <= MOST_SHORT


def test_no_public_name_is_a_folder() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir()}
    assert not folders & set(archcalc.__all__)


def test_every_public_name_resolves() -> None:
    for name in archcalc.__all__:
        assert getattr(archcalc, name) is not None
    with pytest.raises(AttributeError):
        archcalc.no_such_name  # noqa: B018 - the look-up is what is tested


def test_type_checkers_see_every_public_name() -> None:
    tree = ast.parse((PACKAGE / "__init__.py").read_text())
    (block,) = (node for node in tree.body if isinstance(node, ast.If))
    seen = [
        name.asname
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    ]
    assert sorted(map(str, seen)) == sorted(archcalc.__all__)


def test_no_package_exports_a_name_of_its_own_submodules() -> None:
    """Else what the name means depends on which of the two was imported last."""
    for init in PACKAGE.rglob("__init__.py"):
        modules = {path.stem for path in init.parent.iterdir() if path.suffix == ".py"}
        modules |= {path.parent.name for path in init.parent.glob("*/__init__.py")}
        names: set[str] = set()
        for node in ast.parse(init.read_text()).body:
            if isinstance(node, ast.Import | ast.ImportFrom):
                names |= {alias.asname or alias.name for alias in node.names}
            elif isinstance(node, ast.FunctionDef | ast.ClassDef):
                names.add(node.name)
        assert not names & modules, init


def test_only_units_group_the_digits_of_numbers() -> None:
    grouping = re.compile(r":[+]?,[}\"']")
    found = [module for module, file in sources().items() if grouping.search(file.read_text())]
    assert found == ["archcalc.base.units"]
