"""Nets as torch modules: built from a Net, folded, and cross-checked.

Importing this package does not import torch; calling its functions does.
"""
