"""Progress bars on stderr, if that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count


@contextmanager
def stepping(total: int, first: str) -> Iterator[Callable[[str], None]]:
    """Yield a function to call with the name of each step; ``first``: the text before them."""
    with _bar(total, first, still=True) as update:
        done = count()
        yield lambda step: update(description=step, completed=next(done), refresh=True)


@contextmanager
def sweeping(total: int) -> Iterator[Callable[[int], None]]:
    """Yield a function to call with the number of finished variants."""
    from archcalc.cost.scaling.sweeping import CHUNK

    with _bar(total if total > CHUNK else 0, "variants,", still=False) as update:
        yield lambda variants: update(advance=variants)


@contextmanager
def _bar(total: int, first: str, *, still: bool) -> Iterator[Callable[..., None]]:
    """Yield a function that updates a bar, with the keywords of `rich.progress.Progress.update`.

    A ``still`` bar is drawn at updates only, as work is timed between them; another shows the
    remaining time.
    """
    if not total or not sys.stderr.isatty():
        yield lambda **_: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    columns: list[ProgressColumn] = [BarColumn(), MofNCompleteColumn()]
    columns.append(TextColumn("{task.description}", markup=False))
    if not still:
        columns += [TimeRemainingColumn(), TextColumn("left")]
    console = Console(stderr=True)
    with Progress(*columns, console=console, auto_refresh=not still, transient=True) as bar:
        task = bar.add_task(first, total=total)
        bar.refresh()
        yield partial(bar.update, task)
