"""The page Budget."""
