"""Many variants at once: one graph's rules over arrays of widths, resolutions and prune ratios."""

from archcalc.scaling.closed_form import ClosedForm, closed_form
from archcalc.scaling.grid import Grid, Part
from archcalc.scaling.ranges import parse_range
from archcalc.scaling.sweep import chunks, sweep

__all__ = ["ClosedForm", "Grid", "Part", "chunks", "closed_form", "parse_range", "sweep"]
