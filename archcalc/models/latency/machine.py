"""Describes the machine that a latency was measured on."""

from __future__ import annotations

import os
import platform
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

UNKNOWN = "unknown"

_PROC = Path("/proc")


def describe_machine(proc: Path = _PROC) -> dict[str, Any]:
    """Return the machine's properties for JSON; unknown ones are "unknown".

    Memory in bytes, load average over 1, 5 and 15 minutes. ``proc``: Linux's /proc. torch's
    threads are included only if torch is imported already.
    """
    return {
        "cpu": _cpu_model(proc),
        "architecture": platform.machine() or UNKNOWN,
        "physical_cores": _physical_cores(proc),
        "logical_cores": os.cpu_count() or UNKNOWN,
        "affinity": _affinity(),
        "memory_bytes": _memory(proc),
        "load_average": _load_average(),
        "os": platform.platform(),
        "python": platform.python_version(),
        "torch": _torch_version(),
        "torch_threads": _torch_threads(),
    }


def _lines(path: Path) -> list[tuple[str, str]]:
    """Return the "key : value" lines of a /proc file; none where there is no such file."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    pairs = (line.partition(":") for line in text.splitlines())
    return [(key.strip(), value.strip()) for key, _, value in pairs]


def _cpu_model(proc: Path) -> str:
    for wanted in ("model name", "Model", "Hardware"):  # x86, then the ARM spellings
        for key, value in _lines(proc / "cpuinfo"):
            if key == wanted and value:
                return value
    return platform.processor() or UNKNOWN


def _physical_cores(proc: Path) -> int | str:
    chip, cores = "0", set()
    for key, value in _lines(proc / "cpuinfo"):
        if key == "physical id":
            chip = value
        elif key == "core id":
            cores.add((chip, value))
    if cores:
        return len(cores)
    try:
        import psutil
    except ImportError:
        return UNKNOWN
    return psutil.cpu_count(logical=False) or UNKNOWN


def _affinity() -> list[int] | str:
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else UNKNOWN


def _memory(proc: Path) -> int | str:
    for key, value in _lines(proc / "meminfo"):
        if key == "MemTotal" and value.endswith("kB"):
            return int(value.split()[0]) * 1024
    try:
        import psutil
    except ImportError:
        return UNKNOWN
    return int(psutil.virtual_memory().total)


def _load_average() -> list[float] | str:
    try:
        return [round(load, 2) for load in os.getloadavg()]
    except (AttributeError, OSError):
        return UNKNOWN


def _torch_version() -> str:
    torch = sys.modules.get("torch")
    if torch is not None:
        return str(torch.__version__)
    try:
        return metadata.version("torch")
    except metadata.PackageNotFoundError:
        return "not installed"


def _torch_threads() -> int | str:
    torch = sys.modules.get("torch")
    return int(torch.get_num_threads()) if torch is not None else UNKNOWN
