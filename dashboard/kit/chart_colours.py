"""Colours that all charts share; they stay apart for colour-blind eyes, on light and dark paper."""

MADDS, PARAMS = "#0072b2", "#e69f00"
"""After Okabe and Ito. The second marks what is chosen too, where there are no parameters."""
