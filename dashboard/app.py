"""The script that Streamlit runs for every session and every change."""

from dashboard.shell.frame import main

main()
