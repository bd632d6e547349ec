"""``archcalc dashboard``: it serves, ends, and reports why it cannot start."""

from __future__ import annotations

import shlex
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from archcalc.cli import dashboard

pytest.importorskip("streamlit", reason="the dashboard is not installed")


def test_it_serves_this_machine_alone_until_it_is_interrupted(tmp_path: Path) -> None:
    command = shlex.split(dashboard.EXAMPLE)[1:]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command[command.index("--port") + 1] = str(port)
    code = "import sys; from archcalc.cli import main; sys.exit(main(sys.argv[1:]))"
    running = subprocess.Popen(
        [sys.executable, "-u", "-c", code, *command],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert running.stdout is not None
        said = running.stdout.readline()
        assert said == f"the dashboard: http://127.0.0.1:{port} (Ctrl-C ends it)\n"
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as page:
            assert page.status == 200
        running.send_signal(signal.SIGINT)
        rest, _ = running.communicate(timeout=30)
    finally:
        running.kill()
        running.wait()
    assert rest == ""
    assert running.returncode in (0, 130)
    assert list(tmp_path.iterdir()) == []


def test_a_port_in_use_is_reported(run: Any) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = run("dashboard", "--no-browser", "--port", port)
    assert ran.code == 2
    assert ran.err == f"--port: port {port} is in use or not allowed; name another\n"


def test_without_streamlit_it_names_the_package(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    ran = run("dashboard", "--no-browser")
    assert ran.code == 2
    assert "pip install 'archcalc[dashboard]'" in ran.err


def test_the_pages_are_found_in_the_package_before_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (dashboard.folder() / "app.py").is_file()
    monkeypatch.setattr(dashboard, "__file__", str(tmp_path / "archcalc" / "cli" / "dashboard.py"))
    beside, within = tmp_path / "dashboard", tmp_path / "archcalc" / "_dashboard"
    for place in (beside, within):
        place.mkdir(parents=True)
        (place / "app.py").touch()
        assert dashboard.folder() == place
