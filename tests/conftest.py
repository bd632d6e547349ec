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
    """Mark slow tests as CI's: of a test without a fast case the first; of pages none by itself."""
    fast, slow = [], []
    for item in items:
        (slow if item.get_closest_marker("slow") else fast).append(item)
    seen = {_kind(item) for item in fast}
    for item in slow:
        if _kind(item) not in seen and PAGES not in item.path.parents:
            seen.add(_kind(item))
            item.add_marker(pytest.mark.ci)


def _kind(item: pytest.Item) -> tuple[Path, str]:
    return item.path, getattr(item, "originalname", item.name)


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
