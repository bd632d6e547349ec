"""What several pages use: knobs, tiles, tables, downloads, the bench."""
