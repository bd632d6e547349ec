"""Keep the C allocator from giving memory back between layers.

glibc returns the top of the heap to the system as soon as enough of it is free, and a net frees
and takes its activations all the time. Whether that happens depends on what else the process has
allocated before: MobileNetV2 then takes 23 ms with 2500 page faults a pass, or 17 ms with none.
"""

from __future__ import annotations

import ctypes

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # glibc's malloc.h
_NEVER = -1  # read as the largest size
_LARGEST = 32 * 2**20  # glibc takes no larger one on 64 bits


def keep_freed_memory() -> bool:
    """Make the C allocator keep what is freed, for the rest of this process.

    It cannot be undone, so it is for a process of one's own, such as a command; `measure_module`
    never calls it, and reports the page faults of each run. Returns whether it worked: only where
    the C library is glibc.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # musl, macOS, Windows
        return False
    settings = ((_TRIM_THRESHOLD, _NEVER), (_MMAP_THRESHOLD, _LARGEST))
    return all(mallopt(name, value) == 1 for name, value in settings)
