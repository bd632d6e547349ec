"""Writing files: atomically, and only over files of archcalc."""
