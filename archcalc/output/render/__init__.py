"""Renders document blocks: HTML, terminal, Markdown, LaTeX."""
