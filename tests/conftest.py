"""Settings for all tests."""

from __future__ import annotations

import gc
import resource
from pathlib import Path
from unittest.mock import MagicMock

import pytest
from hypothesis import settings

# The machines are shared: how long an example takes says nothing about the code.
settings.register_profile("archcalc", deadline=None, max_examples=50, print_blob=True)
settings.load_profile("archcalc")

PAGES = Path(__file__).parent / "dashboard"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark slow tests as CI's: the first of a page; of a test that has no fast case the first."""
    slow = [item for item in items if item.get_closest_marker("slow")]
    fast = [item for item in items if not item.get_closest_marker("slow")]
    seen = {_kind(item) for item in fast if PAGES not in item.path.parents}
    for item in slow:
        if _kind(item) not in seen:
            seen.add(_kind(item))
            item.add_marker(pytest.mark.ci)


def _kind(item: pytest.Item) -> tuple[Path, str]:
    name = "" if PAGES in item.path.parents else getattr(item, "originalname", item.name)
    return item.path, name


def pytest_collection_finish() -> None:
    """Leave what importing made out of every further search for garbage: a sixth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much of the processors this took, workers and what they started included."""
    used = [resource.getrusage(of) for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    seconds = sum(one.ru_utime + one.ru_stime for one in used)
    terminalreporter.write_line(f"{seconds:.0f} s of CPU")


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the charts out of reports, which cost more than all else together."""
    monkeypatch.setattr("archcalc.output.reporting.figures.figure", lambda _: MagicMock())
    empty = '<svg width="9" height="9"/>'
    monkeypatch.setattr("archcalc.output.reporting.figures.to_svg", lambda _: empty)
