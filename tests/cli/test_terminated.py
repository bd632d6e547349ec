"""A command that is told to end leaves no unfinished file."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="POSIX signals")
@pytest.mark.parametrize(
    "number",
    ["SIGTERM", *(pytest.param(one, marks=pytest.mark.slow) for one in ("SIGHUP", "SIGINT"))],
)
def test_a_terminated_sweep_leaves_nothing(tmp_path: Path, number: str) -> None:
    ranges = ["--widths", "0.25:1.25:0.0001", "--resolutions", "96:295:1"]
    command = ["sweep", "mobilenet_v2", *ranges, "-o", "x.csv"]
    # nohup and a shell's background job, as these tests may be, pass on that signals are ignored
    handler = "default_int_handler" if number == "SIGINT" else "SIG_DFL"
    heeding = f"import signal; signal.signal(signal.{number}, signal.{handler}); "
    code = heeding + "import sys; from archcalc.cli import main; sys.exit(main(sys.argv[1:]))"
    running = subprocess.Popen(
        [sys.executable, "-c", code, *command],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    waited = 0.0
    while not list(tmp_path.iterdir()) and waited < 60 and running.poll() is None:
        time.sleep(0.05)
        waited += 0.05
    assert list(tmp_path.glob(".x.csv.*.part"))
    running.send_signal(getattr(signal, number))
    assert running.wait(60) != 0
    assert list(tmp_path.iterdir()) == []
