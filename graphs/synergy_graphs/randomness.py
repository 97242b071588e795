"""Borrowing a library's process-wide random generator and giving it back."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np

_LOCK = threading.Lock()


@contextmanager
def borrowed_generator(set_generator: Callable[[object], None], seed: np.random.SeedSequence) -> Iterator[None]:
    """Give igraph a generator of its own, seeded, for the time of the block.

    ``set_generator`` is ``igraph.set_random_number_generator``; the setting is process-wide, so one block
    runs at a time. Afterwards igraph draws from the module ``random`` again, its default, whose state is never touched.
    """
    own = random.Random(int.from_bytes(seed.generate_state(4, np.uint32).tobytes(), "little"))
    with _LOCK:
        set_generator(own)
        try:
            yield
        finally:
            set_generator(random)
