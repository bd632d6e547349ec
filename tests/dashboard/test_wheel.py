"""A wheel holds the dashboard, and finds it there."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOUND = """\
from archcalc.cli.dashboard import _package, folder
print(folder())
print(_package("shell.frame").__file__)
print(len(_package("shell.pages").page_names()))
"""


@pytest.mark.slow
@pytest.mark.ci
def test_a_wheel_holds_every_file_and_runs_them(tmp_path: Path) -> None:
    pytest.importorskip("hatchling", reason="a wheel is built with hatchling")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    inside = tmp_path / "site" / "archcalc" / "_dashboard"
    files = {
        path.relative_to(ROOT / "dashboard")
        for path in (ROOT / "dashboard").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert files == {path.relative_to(inside) for path in inside.rglob("*") if path.is_file()}
    ran = subprocess.run(
        [sys.executable, "-c", FOUND],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        check=True,
        capture_output=True,
        text=True,
    )
    place, shell, pages = ran.stdout.split("\n")[:3]
    assert Path(place) == inside
    assert Path(shell) == inside / "shell" / "frame.py"
    assert int(pages) >= 1
