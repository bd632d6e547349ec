"""Document blocks → what is shown: HTML, a terminal, Markdown, LaTeX."""
