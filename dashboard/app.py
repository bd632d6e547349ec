"""The script that Streamlit runs for every session and every change."""

from dashboard._shell import main

main()
