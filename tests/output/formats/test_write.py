"""Writing files: by suffix, atomically."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

import archcalc
from archcalc.base.errors import ArchcalcError
from archcalc.cost.counting.table import CostTable
from archcalc.output import formats
from archcalc.output.files.ours import sealed
from archcalc.output.formats.json import Json


@pytest.fixture(scope="module")
def table() -> CostTable:
    return archcalc.count(archcalc.build("mobilenet_v1"))


@pytest.mark.parametrize("name", ["csv", "json", "md", "tex"])
def test_format_by_suffix(table: CostTable, tmp_path: Path, name: str) -> None:
    path = tmp_path / "a" / "b" / f"x.{name.upper()}"
    assert formats.write(table, path) == path
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") is (name == "csv")
    assert data.decode("utf-8-sig") == sealed(formats.dumps(table, name), name)
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("name", ["x", "x.txt", ".csv", "x.csv.gz", "x."])
def test_an_unknown_suffix(table: CostTable, tmp_path: Path, name: str) -> None:
    with pytest.raises(ArchcalcError, match=r"known: \.csv, \.json, \.md, "):
        formats.write(table, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_failure_keeps_what_was_there(
    table: CostTable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.json"
    path.write_text("before")

    def interrupt(_self: Json, *_: object) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Json, "dumps", interrupt)
        with pytest.raises(KeyboardInterrupt):
            formats.write(table, path)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", _disk_is_full)
        with pytest.raises(ArchcalcError, match=r"x\.json: No space left on device"):
            formats.write(table, path)
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def _disk_is_full(_self: Path, _target: Path) -> None:
    raise OSError(28, "No space left on device")


def test_an_existing_file_keeps_its_mode_and_a_link_its_target(
    table: CostTable, tmp_path: Path
) -> None:
    path, link = tmp_path / "x.json", tmp_path / "link.json"
    path.write_text("before")
    path.chmod(0o640)
    link.symlink_to(path)
    formats.write(table, link)
    assert link.is_symlink()
    assert json.loads(path.read_text())["model"] == "mobilenet_v1"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_is_as_open_as_any(table: CostTable, tmp_path: Path) -> None:
    formats.write(table, tmp_path / "x.json")
    (tmp_path / "y").write_text("")
    assert (tmp_path / "x.json").stat().st_mode == (tmp_path / "y").stat().st_mode


def test_paths_that_are_no_file(table: CostTable, tmp_path: Path) -> None:
    (tmp_path / "d.csv").mkdir()
    (tmp_path / "f").write_text("")
    for path, words in (
        (tmp_path / "d.csv", "is a folder"),
        (tmp_path / "f" / "x.csv", "f: is not a folder"),
        (tmp_path / "f" / "g" / "x.csv", "is not a folder"),
        (Path("a\0.csv"), "null"),
        (tmp_path / ("n" * 300 + ".csv"), "too long"),
    ):
        with pytest.raises(ArchcalcError, match=words):
            formats.write(table, path)
