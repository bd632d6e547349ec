"""``--help`` of every command, and what a shell completes."""

from __future__ import annotations

import os
import pkgutil
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import archcalc
import archcalc.cli
from archcalc.cli import _options
from tests.each import each

COMMANDS = sorted(
    info.name.rstrip("_")
    for info in pkgutil.iter_modules(archcalc.cli.__path__)
    if not info.name.startswith("_")
)


def test_the_commands() -> None:
    expected = {
        "check", "count", "crosscheck", "diff", "doctor", "draw", "groups", "list", "measure",
        "runtimes", "schema", "show",
    }  # fmt: skip
    assert expected <= set(COMMANDS)


@each("command", COMMANDS)
def test_a_line_and_an_example(run: Any, command: str) -> None:
    ran = run(command, "--help", columns=80)
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0].startswith(f"Usage: archcalc {command} ")
    assert lines[2].strip().endswith(".")
    assert lines[-1].startswith(f"  Example: archcalc {command}")
    assert max(map(len, lines)) <= 80


def test_every_convention_is_named(run: Any) -> None:
    words = re.split(r"[\s,;.]+", run("count", "--help", columns=80).out)
    assert set(archcalc.CONVENTIONS) <= set(words)


def test_the_list_of_commands_is_not_cut(run: Any) -> None:
    out = run("--help", columns=80).out
    assert "..." not in out.partition("Commands:")[2]
    for command in COMMANDS:
        assert f"\n  {command} " in out


# the dashboard serves until it is interrupted: test_dashboard.py does that
@pytest.mark.parametrize(
    "command",
    [
        pytest.param(name, marks=pytest.mark.slow) if name in ("report", "equivalent") else name
        for name in sorted(set(COMMANDS) - {"measure", "crosscheck", "dashboard"})
    ],
)
def test_the_example_runs(
    run: Any, command: str, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny.rename(tiny.with_name("my_net.yaml"))
    monkeypatch.chdir(tiny.parent)
    example = run(command, "--help", columns=200).out.strip().splitlines()[-1]
    args = shlex.split(example.partition("Example: archcalc ")[2])
    assert run(*args).code == 0


def test_completion_of_names(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tiny.parent)
    assert "mobilenet_v2" in _options.complete_model("mobilenet_v")
    assert _options.complete_model("ti") == ["tiny.yaml"]
    assert [name for name, _ in _options.complete_convention("paper:")] == [
        "paper:conv_only", "paper:no_norm", "paper:weights",
    ]  # fmt: skip
    assert _options.complete_key("r") == ["row"]
    assert _options.complete_dtype("f") == ["f32", "f16"]
    assert _options.complete_format("") == ["table", "csv", "json", "md", "tex"]
    assert [name for name, _ in _options.complete_set("k")] == ["kernel="]
    assert [name for name, _ in _options.complete_set("se=")] == ["se=on", "se=off"]
    assert [name for name, _ in _options.complete_set("head=cl")] == ["head=classes:"]
    assert _options.complete_set("t=") == _options.complete_set("none=") == []
    assert _options.complete_runtime("folded,e") == ["folded,eager"]


def test_a_shell_completes() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from archcalc.cli import main; main()"],
        env=os.environ
        | {
            "_ARCHCALC_COMPLETE": "complete_bash",
            "COMP_WORDS": "archcalc count mobilenet_v3_",
            "COMP_CWORD": "2",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    offered = done.stdout.split()
    assert {"mobilenet_v3_large", "mobilenet_v3_small"} <= set(offered)
    assert all(name.startswith("mobilenet_v3_") for name in offered)
