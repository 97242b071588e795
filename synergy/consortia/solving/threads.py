"""One core for the linear algebra of the search.

Its steps are many and small: handing each of them to several threads costs more than it saves, and where a sum is cut
between threads changes its last bits, so that a search limited by its nodes would depend on the machine.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache

from threadpoolctl import ThreadpoolController

_controller = cache(ThreadpoolController)


def one_thread() -> AbstractContextManager[object]:
    """Return a context in which BLAS works on one thread, whatever the machine or its settings say."""
    limited: AbstractContextManager[object] = _controller().limit(limits=1, user_api="blas")
    return limited
