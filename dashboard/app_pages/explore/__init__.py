"""Explore: what one variant costs, and where in the net.

Totals with what papers print, shares and table of layers linked by a click, drawing, icicle.
"""
