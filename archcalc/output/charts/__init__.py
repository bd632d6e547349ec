"""Charts: their data and words, drawn by matplotlib for files; `vega` draws for the browser.

picture = cost_by_width(sweep("mobilenet_v2", widths="0.25:1.4:0.05", resolutions="96:224:32"))
figure(picture).savefig("cost.png")     # or save(figure(picture), "cost.svg"): same bytes always
picture.alt                             # alt text: what it shows, in a sentence
"""

from __future__ import annotations

from archcalc.output.charts.across import shares_by_net, shares_by_size
from archcalc.output.charts.compared import accuracy, against_closed_form, by_op, by_stage
from archcalc.output.charts.data import cost_by_width, heat_map, share_by_op
from archcalc.output.charts.picture import Picture
from archcalc.output.charts.relative import by_prune, by_resolution
from archcalc.output.charts.timed import profile, time_against_madds, time_by_op
from archcalc.output.charts.writing import figure, save, to_svg

__all__ = [
    "Picture",
    "accuracy",
    "against_closed_form",
    "by_op",
    "by_prune",
    "by_resolution",
    "by_stage",
    "cost_by_width",
    "figure",
    "heat_map",
    "profile",
    "save",
    "share_by_op",
    "shares_by_net",
    "shares_by_size",
    "time_against_madds",
    "time_by_op",
    "to_svg",
]
