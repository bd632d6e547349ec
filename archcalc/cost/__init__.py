"""Net → exact figures: counts, memory, the papers' claims, sweeps over arrays."""
