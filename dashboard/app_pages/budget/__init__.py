"""Budget: which variants keep to limits on cost and time, and which of them is the most accurate."""
