"""Files: written whole or not at all, and over files of our own only."""
