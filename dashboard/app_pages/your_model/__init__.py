"""Your model: what a net of one's own costs, edited as a table or as text."""
