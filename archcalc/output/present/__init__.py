"""Results → document blocks, one kind of result a file."""
