"""What every other file may use: errors, numbers, units, sentences, documents, tables."""
