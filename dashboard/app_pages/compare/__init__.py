"""Compare: what differs between two to four nets, block by block, and in published accuracy."""
