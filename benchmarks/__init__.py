"""Timings against peers and of growth: ``python -m benchmarks``, or ``make bench``."""
