"""The pages, a folder each, found by scanning: ``page.py`` with ``FIELDS`` and ``show(here)``."""
