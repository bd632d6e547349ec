"""What a command imports: spec-only ones stay light."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("torch", "numpy", "pandas", "matplotlib", "streamlit", "fvcore", "onnx", "onnxruntime")
LIGHT_COMMANDS = [
    "list",
    "show mobilenet_v1",
    "count mobilenet_v2",
    "count mobilenet_v2 --format json --prune 0.5 --by row",
    "check mobilenet_v2",
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
import contextlib, io, json, sys
from archcalc.cli import main
for command in sys.argv[1:]:
    with contextlib.redirect_stdout(io.StringIO()):
        code = main(command.split())
    if code:
        sys.exit(f"{command}: exit code {code}")
    print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def modules(*commands: str) -> list[set[str]]:
    """Return what is imported after each of some commands in one fresh process, in order."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *commands], capture_output=True, text=True, check=True
    )
    return [set(line.split()) for line in done.stdout.splitlines()]


def test_heavy_packages_stay_out() -> None:
    for command, found in zip(LIGHT_COMMANDS, modules(*LIGHT_COMMANDS), strict=True):
        assert not found & set(HEAVY), command


def test_a_sweep_needs_numpy_and_rich_is_for_people_only() -> None:
    sweep = "sweep mobilenet_v1 --widths 0.5,1"
    to_read, to_see = modules(f"{sweep} --format json", sweep)
    assert "numpy" in to_read
    assert not to_read & {*HEAVY, "pyarrow", "altair", "rich"} - {"numpy"}
    assert "rich" in to_see
