"""Nets as torch modules: built from a Net, folded, and cross-checked.

Importing this package imports no torch; the functions in its files do when they are called.
"""
