"""Net ↔ what runs: torch modules and their measured latency."""
