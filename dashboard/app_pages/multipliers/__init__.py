"""The page Multipliers."""
