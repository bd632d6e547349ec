"""Keeping freed memory; it cannot be undone, so it is tried in a process of its own."""

import platform
import subprocess
import sys

import pytest

CODE = """
import resource
import torch
from archcalc.models.latency import keep_freed_memory

def faults():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(20):
        torch.ones(2**20)  # 4 MiB = 1024 pages
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

print(keep_freed_memory())
faults()
print(faults())
"""


@pytest.mark.slow
@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has mallopt")
def test_glibc_keeps_what_is_freed() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    worked, faults = done.stdout.split()
    assert worked == "True"
    assert int(faults) < 1024


def test_another_c_library_returns_false(monkeypatch: pytest.MonkeyPatch) -> None:
    from archcalc.models.latency.isolation import keep_freed_memory

    monkeypatch.setattr("ctypes.CDLL", lambda _name: object())
    assert keep_freed_memory() is False
