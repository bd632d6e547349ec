"""Settings for all tests."""

from __future__ import annotations

from hypothesis import settings

# The machines are shared: how long an example takes says nothing about the code.
settings.register_profile("archcalc", deadline=None, print_blob=True)
settings.load_profile("archcalc")
