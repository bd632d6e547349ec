"""Multipliers: what width and resolution do to a net's costs, accuracy and parts."""
