"""Counting conventions: which terms of a cost count, in papers and in other counters."""
