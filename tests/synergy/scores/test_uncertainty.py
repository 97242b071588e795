"""Ranges of ranks, and which source moves them, held against cases worked by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import synergy
from synergy import Settings
from synergy.scores import uncertainty as module
from synergy.scores.part import Part
from synergy.scores.total import mid_ranks, totals
from synergy.scores.uncertainty import uncertainty
from synergy.tables.study import PARTS, Weights

EVEN = np.full(4, 0.25)
NAN = np.full(2, np.nan)


def part(name: str, value: np.ndarray, table: str | None = None, redraw=None) -> Part:
    return Part(name, pd.DataFrame(), value, table, None if redraw is None else lambda: redraw)


def scored(parts: list[Part]) -> pd.DataFrame:
    shares = pd.DataFrame({f"part_{each.name}": mid_ranks(each.value) for each in parts})
    return totals(shares, dict(zip(PARTS, EVEN, strict=True)))


def coin(rng: np.random.Generator, draws: int) -> np.ndarray:
    """Either of two pairs is the better one, as a coin falls."""
    falls = rng.integers(0, 2, draws)
    return np.column_stack([falls, 1 - falls]).astype(float)


def test_shares_of_variance_by_hand() -> None:
    """X and Y say by coin which of two pairs is better; where they disagree the heavier one decides.

    So the rank is X where its weight is larger, else Y, each by half: variance 1/4. Given X alone the mean is
    X/2 + 1/4, variance 1/16: a quarter. Given the weights alone it is 1/2: nothing. What is left when all but X
    is known: variance 1/4 in the half of the cases in which X decides: a half; and so for Y and, where X and Y
    differ, for the weights.
    """
    parts = [
        part("similarity", np.array([1.0, 0.0]), "priorities", coin),
        part("complementarity", np.array([0.0, 1.0]), "activity", coin),
        part("cooperation", NAN),
        part("proximity", NAN),
    ]
    shares = [uncertainty(parts, EVEN, scored(parts), np.random.SeedSequence(seed)).shares for seed in range(5)]
    mean = {s: {k: np.mean([each[s][k] for each in shares]) for k in ("first", "total")} for s in shares[0]}
    assert mean["priorities"] == pytest.approx({"first": 0.25, "total": 0.5}, abs=0.08)
    assert mean["activity"] == pytest.approx({"first": 0.25, "total": 0.5}, abs=0.08)
    assert mean["weights"]["first"] == pytest.approx(0, abs=0.08)
    assert mean["weights"]["total"] == pytest.approx(0.5, abs=0.08)


def test_one_uncertain_source_explains_all() -> None:
    rng = np.random.default_rng(1)
    value = rng.random(30)
    parts = [
        part("similarity", value, "priorities", lambda rng, n: rng.random((n, 30))),
        *(part(name, np.full(30, np.nan)) for name in PARTS[1:]),
    ]
    found = uncertainty(parts, EVEN, scored(parts), np.random.SeedSequence(1))
    assert found.shares["priorities"] == pytest.approx({"first": 1, "total": 1}, abs=0.03)
    assert found.shares["weights"] == pytest.approx({"first": 0, "total": 0}, abs=0.03)
    # any rank is as likely as another: 5 % to 95 % of 1 … 30
    assert found.frame["rank_low"].median() == pytest.approx(2, abs=1)
    assert found.frame["rank_high"].median() == pytest.approx(29, abs=1)


def test_nothing_uncertain_gives_the_rank_itself() -> None:
    value = np.array([0.3, 0.9, 0.5])
    parts = [part(name, value) for name in PARTS]
    frame = scored(parts)
    found = uncertainty(parts, EVEN, frame, np.random.SeedSequence(1))
    assert found.shares == {}
    for bound in ("low", "high"):
        assert found.frame[f"rank_{bound}"].tolist() == frame["rank"].tolist() == [3, 1, 2]
        np.testing.assert_allclose(found.frame[f"total_{bound}"], frame["total"], atol=1e-6)


def test_weights_alone_move_what_the_parts_disagree_on() -> None:
    """Pair 0 is first in one part and last in the other, pair 1 the middle of both; pair 2 the reverse of pair 0."""
    one, other = np.array([3.0, 2.0, 1.0]), np.array([1.0, 2.0, 3.0])
    parts = [part("similarity", one), part("complementarity", other), *(part(n, np.full(3, np.nan)) for n in PARTS[2:])]
    found = uncertainty(parts, EVEN, scored(parts), np.random.SeedSequence(1)).frame
    assert found["rank_low"].tolist() == [1, 1, 1]
    assert found["rank_high"].tolist() == [3, 2, 3]


def test_what_has_no_total_has_no_range_and_moves_no_rank(toy_with) -> None:
    frame = synergy.score_pairs(toy_with()).frame
    ranges = ["total_low", "total_high", "rank_low", "rank_high"]
    assert frame.loc[frame["total"].isna(), ranges].isna().all().all()
    assert frame.loc[frame["total"].notna(), ranges].notna().all().all()


def test_blocks_change_nothing(toy, monkeypatch) -> None:
    whole = synergy.score_pairs(toy)
    monkeypatch.setattr(module, "BLOCK", 1)
    pieces = synergy.score_pairs(toy)
    pd.testing.assert_frame_equal(whole.frame, pieces.frame)
    assert whole.params == pieces.params


def test_with_very_many_pairs_there_are_fewer_draws(toy, monkeypatch) -> None:
    assert synergy.score_pairs(toy).params["draws"] == module.DRAWS
    monkeypatch.setattr(module, "MOST_RANKS", 15 * 201)
    assert synergy.score_pairs(toy).params["draws"] == 200
    monkeypatch.setattr(module, "MOST_RANKS", 1)
    assert synergy.score_pairs(toy).params["draws"] == module.FEWEST


def test_a_part_of_no_weight_moves_no_rank(toy_with) -> None:
    shares = synergy.score_pairs(toy_with(Settings(level=2, weights=Weights(1, 0, 0, 0)))).params["rank_variance"]
    assert shares["priorities"]["first"] == pytest.approx(1, abs=0.05)
    assert all(shares[other]["total"] < 0.02 for other in ("activity", "participations", "weights"))


def test_all_sources_count_in_the_embedded_studies(alpine, baltic) -> None:
    for results in (alpine, baltic):
        shares = results.scores.params["rank_variance"]
        assert set(shares) == {"priorities", "activity", "participations", "weights"}
        assert 0.8 < sum(found["first"] for found in shares.values()) <= 1.1
        for found in shares.values():
            assert found["total"] >= found["first"] - 0.05
