"""Set-to-set similarity against the formula written out."""

import numpy as np
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

from synergy.wording import set_similarity


def written_out(a, b, similar):
    if not a or not b:
        return np.nan
    forth = sum(max(similar[i, j] for j in b) for i in a) / len(a)
    back = sum(max(similar[i, j] for i in a) for j in b) / len(b)
    return (forth + back) / 2


def shares(sets, items):
    table = np.zeros((len(sets), items))
    for row, members in enumerate(sets):
        table[row, list(members)] = 1 / max(len(members), 1)
    return sp.csr_array(table)


def test_by_hand():
    similar = np.array([[1, 0.2, 0.6, 0], [0.2, 1, 0.1, 0.5], [0.6, 0.1, 1, 0], [0, 0.5, 0, 1]])
    result = set_similarity(shares([{0, 1}, {2, 3}], 4), lambda rows: similar[rows])
    # forth: (0.6 + 0.5)/2, back: the same
    np.testing.assert_allclose(result, [[1, 0.55], [0.55, 1]])


@given(st.integers(0, 2**32 - 1), st.lists(st.sets(st.integers(0, 5)), min_size=1, max_size=5))
def test_as_written_out(seed, sets):
    rng = np.random.default_rng(seed)
    similar = rng.random((6, 6))
    similar = (similar + similar.T) / 2
    result = set_similarity(shares(sets, 6), lambda rows: similar[rows])
    expected = [[written_out(a, b, similar) for b in sets] for a in sets]
    np.testing.assert_allclose(result, expected)
    np.testing.assert_allclose(result, result.T)


def test_a_set_without_members_is_unknown():
    result = set_similarity(shares([{0}, set()], 2), lambda rows: np.eye(2)[rows])
    assert np.isnan(result[1]).all()
    assert np.isnan(result[0, 1])
    assert result[0, 0] == 1
