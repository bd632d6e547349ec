"""The description of the machine, with and without what it is read from."""

import json
import os
import sys
from pathlib import Path

import pytest

from archcalc.models.latency.machine import describe_machine

KEYS = {
    "cpu",
    "architecture",
    "physical_cores",
    "logical_cores",
    "affinity",
    "memory_bytes",
    "load_average",
    "os",
    "python",
    "torch",
    "torch_threads",
}


def test_it_is_json_and_complete() -> None:
    machine = describe_machine()
    assert set(machine) == KEYS
    assert json.loads(json.dumps(machine)) == machine
    assert machine["logical_cores"] == os.cpu_count()


def test_linux_is_read_from_proc(tmp_path: Path) -> None:
    core = "processor : {0}\nmodel name : Test CPU: 9000\nphysical id : 0\ncore id : {1}\n\n"
    text = "".join(core.format(n, n // 2) for n in range(4))
    (tmp_path / "cpuinfo").write_text(text)
    (tmp_path / "meminfo").write_text("MemTotal:  2048 kB\nMemFree: 1 kB\n")
    machine = describe_machine(tmp_path)
    assert machine["cpu"] == "Test CPU: 9000"
    assert machine["physical_cores"] == 2
    assert machine["memory_bytes"] == 2048 * 1024


def test_without_proc_psutil_is_used(tmp_path: Path) -> None:
    pytest.importorskip("psutil")
    assert describe_machine(tmp_path)["memory_bytes"] > 0


def test_what_is_not_known_is_unknown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psutil", None)
    monkeypatch.setattr("platform.processor", lambda: "")
    monkeypatch.delattr(os, "getloadavg", raising=False)
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    machine = describe_machine(tmp_path)
    for key in ("cpu", "physical_cores", "memory_bytes", "load_average", "affinity"):
        assert machine[key] == "unknown"


def test_torch_is_not_imported_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    machine = describe_machine()
    assert machine["torch_threads"] == "unknown"
    assert machine["torch"] != "unknown"
    assert "torch" not in sys.modules
