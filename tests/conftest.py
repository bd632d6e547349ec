"""Settings for all tests."""

from __future__ import annotations

import gc

from hypothesis import settings

# The machines are shared: how long an example takes says nothing about the code.
settings.register_profile("archcalc", deadline=None, max_examples=50, print_blob=True)
settings.load_profile("archcalc")


def pytest_collection_finish() -> None:
    """Leave what importing made out of every further search for garbage: a sixth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
