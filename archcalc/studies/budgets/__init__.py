"""Architecture search within a budget, Pareto fronts, variants of equal cost, per-stage widths.

Accuracies are published (claims of the specs) or interpolated between published ones, and marked
as such; costs are those of the grid, latencies are measured.

budget (limits) and accuracy (published_figures, regression) → searching (choices) → frontier
(pareto), narrowed without a new search by narrow. equivalents (lines) and equal_cost
(plane): what costs the same. stage_search (evolve) → stage_front: widths of single stages.
compared, variants, accuracy_lines: tables and lines of published and usual variants.
"""
