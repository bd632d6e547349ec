"""Questions that use counts, sweeps and measurements together.

budgets/: which variant fits a budget, what costs the same, Pareto fronts. lessons/: the numbers of
the lesson pages.
"""
