"""The linear algebra of the search stays on one core and leaves the process as it was."""

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from synergy.consortia.solving import solve
from synergy.consortia.solving.threads import one_thread


def _threads() -> list[int]:
    return [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]


@pytest.fixture(autouse=True)
def two():
    np.linalg.solve(np.eye(2), np.ones(2))
    with threadpool_limits(2, user_api="blas"):
        yield


def test_one_inside_and_as_before_outside():
    before = _threads()
    with one_thread():
        assert set(_threads()) <= {1}
    assert _threads() == before


def test_the_search_runs_inside(monkeypatch):
    seen = []
    monkeypatch.setattr(solve, "_start", lambda model: seen.append(_threads()))
    assert solve.solve(None, None, 0) is None
    assert set(seen[0]) <= {1}
