"""Document blocks → HTML, by templates that escape every text."""
