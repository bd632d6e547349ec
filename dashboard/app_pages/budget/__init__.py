"""Budget: which variants keep to limits on cost and time, and which is the most accurate."""
