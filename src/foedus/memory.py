"""Whether what is asked for fits into this machine, told before it is begun."""

from __future__ import annotations

import os

from foedus.errors import UserError

GIB = 2**30


def memory_of_machine() -> int | None:
    """How much memory there is [bytes]; None where the system does not say."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return None


def check_fits(needed: int, what: str, mend: str) -> None:
    """Refuse what would take more memory than the machine has.

    Parameters
    ----------
    needed
        What it takes at the least. [bytes]
    what, mend
        What takes it, and what to give instead.

    Raises
    ------
    UserError
        It does not fit; one line.
    """
    there = memory_of_machine()
    if there is not None and needed > there:
        raise UserError(
            f"{what} take {needed / GIB:,.1f} GiB of memory and this machine has {there / GIB:,.1f}; {mend}"
        )
