"""How the parts of the lattice are compiled.

Arrays are lent to these functions and never kept: counting references to them, which Numba does at every
call and with atomic operations, would take more time than the turns themselves (three times as long on one
thread, more on two). ``_nrt`` switches that off; a function so compiled can allocate nothing.
"""

from __future__ import annotations

from typing import Any

from numba import njit

_LENT: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy", "_nrt": False}

lent: Any = njit(**_LENT)
"""Compile a function of lent arrays."""
inlined: Any = njit(**_LENT, forceinline=True)
"""The same for the small parts, put in place where they are called."""
