"""Nets as torch modules, and their latency.

nets/: torch modules of nets, folded, cross-checked with other counters. latency/: measured time.
"""
