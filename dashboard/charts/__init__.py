"""Charts that answer a click, one a file: plain records in, an Altair chart out; no streamlit."""
