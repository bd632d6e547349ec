"""Papers: which printed figures are reproduced, which are not, and why."""
