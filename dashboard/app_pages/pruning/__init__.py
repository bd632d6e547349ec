"""The page Pruning."""
