"""How far a measurement or a long sweep is: a bar on stderr, where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

STEPS = 3
"""Steps of one runtime that are reported: preparing, warming up, measuring."""


@contextmanager
def measuring(runtimes: str) -> Iterator[Callable[[str], None] | None]:
    """Yield what to tell the steps of a measurement to: a bar on stderr, if that is a terminal.

    Nothing is drawn between the steps, since that would run while something is timed.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, auto_refresh=False, transient=True) as bar:
        names = {name.strip() for name in runtimes.split(",")} - {""}
        task = bar.add_task("building the net", total=STEPS * len(names))
        done = 0

        def step(text: str) -> None:
            nonlocal done
            bar.update(task, description=text, completed=done)
            bar.refresh()
            done += 1

        bar.refresh()
        yield step


@contextmanager
def sweeping(count: int) -> Iterator[Callable[[int], None]]:
    """Yield what to call with the number of variants that are done."""
    from archcalc.cost.scaling.sweeping import CHUNK

    if count <= CHUNK or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), "variants,", TimeRemainingColumn(), "left")
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=count)
        yield lambda variants: bar.advance(task, variants)
