"""Many variants at once: one graph's rules over arrays of widths, resolutions and prune ratios.

ranges (texts → choices) → sweeping (`sweep`, `chunks`) → job (checks and splits them) → evaluate
(the rules over arrays, made fast by factors and peaks) → grid (`Grid`: columns of records). On
grids: alpha_rho, cuts, pruned_as_width, usual (the papers' variants) and digest (a summary of a
long table).
"""

from archcalc.cost.scaling.alpha_rho import ClosedForm, closed_form
from archcalc.cost.scaling.cuts import stage_cuts, uniform_cuts
from archcalc.cost.scaling.grid import Grid, GridPart
from archcalc.cost.scaling.pruned_as_width import AsWidth, as_width
from archcalc.cost.scaling.ranges import parse_range
from archcalc.cost.scaling.sweeping import chunks, sweep
from archcalc.cost.scaling.usual import usual_resolutions, usual_widths

__all__ = [
    "AsWidth",
    "ClosedForm",
    "Grid",
    "GridPart",
    "as_width",
    "chunks",
    "closed_form",
    "parse_range",
    "stage_cuts",
    "sweep",
    "uniform_cuts",
    "usual_resolutions",
    "usual_widths",
]
