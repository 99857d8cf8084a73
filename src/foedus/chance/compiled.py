"""How what runs in the inner loops is compiled.

Arrays are lent to these functions and never kept: counting references to them, which Numba does at every
call and with atomic operations, would take more time than the work itself (on the lattice three times as
long on one thread, more on two; in `crowd` a quarter of all). ``_nrt`` switches that off; a function so
compiled can allocate nothing.
"""

from __future__ import annotations

from typing import Any

from numba import njit

LENT: Any = {"cache": True, "nogil": True, "error_model": "numpy", "_nrt": False}
"""Options of a function of lent arrays."""
lent: Any = njit(**LENT)
"""Compile a function of lent arrays."""
inlined: Any = njit(**LENT, forceinline=True)
"""The same for the small parts, put in place where they are called."""
