"""Pruning: what cutting channels saves, when it equals a width multiplier, and single weights.

A tab of the page is a `show_*.py` that `page.py` names.
"""
