"""Run the benchmark in this one process, on one core, and print ratios."""

from __future__ import annotations

import argparse
import os
import sys

# before numpy and torch read it: one thread, so that CPU time is time
os.environ["OMP_NUM_THREADS"] = "1"


def main() -> int:
    """Time everything that is installed; return 1 where the grid is not fast enough."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("-o", "--output", metavar="FILE", help="also write JSON")
    parser.add_argument("--rounds", type=int, default=7, help="timings of each counter (7)")
    options = parser.parse_args()
    core = _one_core()

    from benchmarks import growth, throughput
    from benchmarks.report import Report

    # first, while torch is not loaded: the peak of memory is then the sweep's own
    variants = growth.by_variants(_tell)
    layers = growth.by_layers(_tell)
    timings, missing = throughput.measure(options.rounds, _tell)
    report = Report(core, variants, layers, timings, missing)
    _tell("")
    sys.stdout.write(report.text())
    if options.output:
        report.write(options.output)
        _tell(f"wrote {options.output}")
        sys.stderr.write("\n")
    return 0 if report.reached() else 1


def _one_core() -> int | None:
    """Stay on one core where the system lets a process choose."""
    if not hasattr(os, "sched_setaffinity"):
        return None
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return core


def _tell(text: str) -> None:
    """Say on stderr what is being timed, on a line that the next one overwrites."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
