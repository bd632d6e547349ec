"""Named choices of which terms of a cost count, and what other counters count."""
