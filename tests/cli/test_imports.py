"""What a command imports: spec-only ones stay light."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("torch", "numpy", "pandas", "matplotlib", "streamlit", "fvcore", "onnx", "onnxruntime")
LIGHT_COMMANDS = [
    "list",
    "show mobilenet_v1",
    "count mobilenet_v2",
    "count mobilenet_v2 --format json --prune 0.5 --by row",
    "check",
    "diff mobilenet_v2 mobilenet_v2@0.75",
    "groups mobilenet_v3_large",
    "draw mobilenet_v2",
    "draw mobilenet_v2 --format svg",
    "schema",
    "runtimes",
    "doctor",
    "measure --help",
    "crosscheck --help",
    "report --help",
]
PROBE = """\
import sys
from archcalc.cli import main
code = main({args!r})
print(*sorted({{name.partition(".")[0] for name in sys.modules}}), file=sys.stderr)
sys.exit(code)
"""


def modules(*args: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROBE.format(args=list(args))],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("command", LIGHT_COMMANDS)
def test_heavy_packages_stay_out(command: str) -> None:
    assert not modules(*command.split()) & set(HEAVY)


def test_rich_is_for_people_only() -> None:
    assert "rich" not in modules("count", "mobilenet_v1", "--format", "json")
    assert "rich" in modules("count", "mobilenet_v1")
