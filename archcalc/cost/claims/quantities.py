"""What the quantities of claims are called where there is no catalogue of messages."""

from __future__ import annotations

_WORDS = {
    "madds": "MAdds",
    "madds_share": "MAdds share",
    "params_share": "params share",
    "top1": "top-1",
    "top5": "top-5",
    "map": "mAP",
    "latency_pixel1": "Pixel 1",
    "latency_pixel2": "Pixel 2",
    "latency_pixel3": "Pixel 3",
    "top1_delta": "Δ top-1",
    "latency_delta": "Δ latency",
}


def words_of(quantity: str) -> str:
    """Return a quantity of a claim as papers write it."""
    return _WORDS.get(quantity, quantity.replace("_", " "))
