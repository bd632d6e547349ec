"""Net ↔ what runs.

nets/: torch modules of nets, folded, cross-checked with other counters. latency/: their time.
"""
