"""Net → exact figures.

counting/: a net's cost, layer by layer, and tables made of it. claims/: what papers print, compared
with it. scaling/: the same rules over arrays, for sweeps of width, resolution and prune ratio.
"""
