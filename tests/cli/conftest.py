"""Runs a command in this process, as from a shell."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from archcalc.cli import main

TINY = """\
archcalc: 1
name: tiny
input: 8x8x3
params: {k: 10}
rounding: {method: divisible}
defaults: {conv: {bn: true, act: relu}}
columns: [operator, c, s]
rows:
- [conv2d 3x3, 8, 2, {id: stem}]
- [dwconv 3x3, ~, 1]
- [conv2d 1x1, 16, 1]
- [avgpool, ~, ~, {global: true}]
- [fc, $k, ~, {scale: false}]
"""
"""A net that costs next to nothing: 5 rows, no claims."""


@dataclass(frozen=True)
class Ran:
    """The output and exit code of a command."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command; ``columns`` is the width of the screen, without it there is no screen."""

    def run_command(*args: str | Path, columns: int | None = None) -> Ran:
        monkeypatch.delenv("COLUMNS", raising=False)
        if columns:
            monkeypatch.setenv("COLUMNS", str(columns))
        capsys.readouterr()
        code = main([str(arg) for arg in args])
        return Ran(code, *capsys.readouterr())

    for name in ("FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return run_command


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """Return the path of a small spec without claims."""
    path = tmp_path / "tiny.yaml"
    path.write_text(TINY)
    return path
