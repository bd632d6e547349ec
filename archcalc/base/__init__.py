"""What every other file may use: errors, numbers, units, messages, documents, tables."""
