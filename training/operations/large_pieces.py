"""Memory that is wanted for a moment goes back to the system."""

import ctypes

_M_MMAP_THRESHOLD = -3  # as in malloc.h
_LARGE = 1024 * 1024


def give_back_large_pieces() -> None:
    """Have what is larger than a megabyte taken from the system, and given back to it, each time.

    By itself glibc keeps up to twice the largest piece that was ever freed. Checking a password takes 19 MB
    for a moment, so each worker held them for good after the first. Where there is no glibc, this does
    nothing.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, _LARGE)
