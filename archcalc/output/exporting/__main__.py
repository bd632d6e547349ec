"""Build the standard reports: python -m archcalc.output.exporting -o DIR."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from archcalc.base.errors import ArchcalcError
from archcalc.output.exporting.standard import ITEMS, MOBILENETS, build_all, measure_all


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure if requested, build, and return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m archcalc.output.exporting", description=__doc__
    )
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR")
    parser.add_argument("--latency", action="store_true", help="measure the kept latencies again")
    parser.add_argument("--only", metavar="NAME", help="one of them, such as zh/lecture")
    options = parser.parse_args(arguments)
    steps = (1 if options.only else len(ITEMS)) + options.latency * len(MOBILENETS)
    try:
        with _progress(steps) as step:
            if options.latency:
                # nothing is drawn while something is timed
                for model in measure_all(options.output):
                    step(f"measuring {model}")
            for name in build_all(options.output, options.only):
                step(f"built {name}")
    except ArchcalcError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


@contextmanager
def _progress(steps: int) -> Iterator[Callable[[str], None]]:
    """Yield the function to report each step to: a bar on a terminal, lines elsewhere."""
    if not sys.stderr.isatty():
        yield lambda text: print(text, file=sys.stderr, flush=True)  # noqa: T201 - a program
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), auto_refresh=False) as bar:
        task = bar.add_task("", total=steps)

        def step(text: str) -> None:
            bar.update(task, advance=1, description=text)
            bar.refresh()

        bar.refresh()
        yield step


if __name__ == "__main__":
    sys.exit(main())
