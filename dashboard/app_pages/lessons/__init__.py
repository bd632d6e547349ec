"""Lessons: what the building blocks of the nets do, with knobs and real numbers.

A lesson is a file ``show_NAME.py`` with ``FIELDS`` and ``show(here)``; `parts.py` finds it.
"""
