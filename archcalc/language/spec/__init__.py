"""Text to Spec: parse, check and expand a paper's table."""
