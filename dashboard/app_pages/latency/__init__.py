"""Latency: how long a pass takes on this machine, whole, by layer and by operator.

A tab is a file ``tab_NAME.py`` with ``show(here, measured)``; `parts.py` finds it.
"""
