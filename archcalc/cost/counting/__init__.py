"""Net → CostTable: layers, sums of layers, differences."""
