"""Counts a net layer by layer; tables of such counts.

layer (one layer's cost) → table (`count`, sums by row, block, operator, stage). From tables: parts
(terms of the total), paper_rows (the paper's table with costs), diff and aligned (nets block by
block), across (several nets by operator or size), shrink (before and after pruning), gate (limits).
"""
