"""Studies on top of counts, sweeps and measurements.

budgets/: which variant fits a budget, what costs the same, Pareto fronts. lessons/: the numbers of
the lesson pages.
"""
