"""Many variants at once: one graph's rules over arrays of widths, resolutions and prune ratios.

ranges (texts → choices) → sweeping (`sweep`, `chunks`) → job (checks and splits them; `possible`
checks many at once) → evaluate (the rules over arrays, made fast by factors and peaks) → grid
(`Grid`: columns of records). On grids: alpha_rho, cuts, pruned_as_width, usual (the papers'
variants) and digest (a summary of a long table).
"""
