"""What the pages show, as plain data: no streamlit here, and no arithmetic of costs."""
