"""The page Latency."""
