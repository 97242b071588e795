"""Pools: what they hold, and every problem of one at once."""

import numpy as np
import pandas as pd
import pytest

from synergy.consortia import Pool
from synergy.errors import DataError, UnknownName


def tables(candidates: dict | None = None, links: dict | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    made = {"candidate_id": ["b", "a"], "country": ["AT", None], "cost": [10.0, np.nan]} | (candidates or {})
    held = {"candidate_id": ["a", "b"], "capacity": ["wood", "glue"], "quality": [0.5, 1.0]} | (links or {})
    return pd.DataFrame(made), pd.DataFrame(held)


def test_sorted_with_what_is_not_known_missing():
    pool = Pool.from_frames(*tables())
    assert pool.ids == ("a", "b")
    assert pool.capacities == ("glue", "wood")
    assert pool.quality.toarray().tolist() == [[0.0, 0.5], [1.0, 0.0]]
    assert pool.values["country"] == (None, "AT")
    assert pool.labels["country"].tolist() == [-1, 0]
    assert np.isnan(pool.cost[0])
    assert pool.candidates["name"].tolist() == ["a", "b"]


def test_frames_are_left_as_they_are():
    candidates, links = tables()
    before = candidates.copy(), links.copy()
    Pool.from_frames(candidates, links)
    pd.testing.assert_frame_equal(candidates, before[0])
    pd.testing.assert_frame_equal(links, before[1])


CASES = [
    ("unknown column", {"county": ["AT", "AT"]}, {}, "S511", "candidates", None, "county"),
    ("id that is no text", {"candidate_id": ["b", 1]}, {}, "S512", "candidates", 2, "candidate_id"),
    ("attribute that is no text", {"kind": ["firm", 3]}, {}, "S512", "candidates", 2, "kind"),
    ("capacity that is empty", {}, {"capacity": ["wood", ""]}, "S512", "links", 2, "capacity"),
    ("candidate again", {"candidate_id": ["a", "a"]}, {}, "S513", "candidates", 2, "candidate_id"),
    ("link again", {}, {"candidate_id": ["a", "a"], "capacity": ["x", "x"]}, "S513", "links", 2, None),
    ("cost below 0", {"cost": [-1.0, 3.0]}, {}, "S514", "candidates", 1, "cost"),
    ("cost that is no number", {"cost": ["much", 3.0]}, {}, "S514", "candidates", 1, "cost"),
    ("quality above 1", {}, {"quality": [0.5, 80.0]}, "S514", "links", 2, "quality"),
    ("quality not known", {}, {"quality": [0.5, np.nan]}, "S514", "links", 2, "quality"),
    ("nobody", {}, {"candidate_id": ["a", "c"]}, "S515", "links", 2, "candidate_id"),
]


@pytest.mark.parametrize(
    ("name", "candidates", "links", "code", "table", "row", "column"), CASES, ids=[c[0] for c in CASES]
)
def test_each_problem_is_told_with_its_place(name, candidates, links, code, table, row, column):
    with pytest.raises(DataError) as raised:
        Pool.from_frames(*tables(candidates, links))
    assert (code, table, row, column) in {(one.code, one.file, one.row, one.column) for one in raised.value.problems}


def test_a_missing_column_is_told_with_the_nearest():
    candidates, links = tables()
    with pytest.raises(DataError, match="is it 'qualty'"):
        Pool.from_frames(candidates, links.rename(columns={"quality": "qualty"}))


def test_all_problems_at_once():
    with pytest.raises(DataError) as raised:
        Pool.from_frames(*tables({"cost": [-1.0, 3.0]}, {"quality": [0.5, 80.0]}))
    assert len(raised.value.problems) == 2


def test_unknown_candidate():
    with pytest.raises(UnknownName, match="candidate 'c'"):
        Pool.from_frames(*tables()).place("c")
