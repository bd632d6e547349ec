"""Questions asked of all of it: budgets and lessons."""
