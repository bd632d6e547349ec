"""What the lessons show, as plain data: one lesson a file."""
