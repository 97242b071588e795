"""Similarity of two strategies, and how much of it is more than imitation."""

from __future__ import annotations

import numpy as np
import pandas as pd
import scipy.sparse as sp

from synergy.economy.profiles import expected_presence, weighted_cosine
from synergy.scores.lists import Lists
from synergy.scores.pairs import Floats, Pairs
from synergy.scores.part import Draw, Part, row_weights

COLUMNS = ("similarity", "similarity_expected", "similarity_excess")


def similarity_part(lists: Lists, pairs: Pairs) -> Part:
    """Return similarity, what is expected of it, and the excess, which is ranked.

    ``similarity`` is ``sum_f w_f^2 P_rf P_sf / (|r| |s|)`` with w_f the rarity of a field and
    ``|r|^2 = sum_f w_f^2 P_rf``; ``_expected`` the same with the probability that a list of that length, in that
    country, names f in place of P (``expected_presence`` over the distinct lists) and the lengths as they are;
    ``_excess`` their difference, 0 for two regions that hold one list. Unknown where a strategy is, or where it
    names nothing but what all name.
    """
    if lists.profiles.empty:
        unknown = pd.DataFrame(np.nan, index=range(len(pairs)), columns=list(COLUMNS))
        return Part("similarity", unknown, np.full(len(pairs), np.nan))
    similar, _ = pairs.pick(weighted_cosine(lists.profiles, lists.rarity))
    likely, _ = pairs.pick(_expected(lists))
    one = _one_list(lists, pairs) & ~np.isnan(similar)
    excess = np.where(one, 0.0, similar - likely)
    columns = pd.DataFrame(dict(zip(COLUMNS, (similar.round(9), likely.round(9), excess.round(9)), strict=True)))
    return Part("similarity", columns, excess, "priorities", lambda: _redraw(lists, pairs, likely, one))


def _expected(lists: Lists) -> pd.DataFrame:
    """Return the expected similarity of each two regions, each distinct list counted once."""
    own = lists.profiles.iloc[lists.first]
    chance = expected_presence(own, lists.countries.iloc[lists.first]).to_numpy()[lists.number]
    scaled = chance * lists.rarity.to_numpy()
    with np.errstate(invalid="ignore", divide="ignore"):
        expected = scaled @ scaled.T / np.outer(lists.norms, lists.norms)
    return pd.DataFrame(expected, index=lists.profiles.index, columns=lists.profiles.index)


def _one_list(lists: Lists, pairs: Pairs) -> np.ndarray:
    number = pd.Series(lists.number, index=lists.profiles.index).reindex(list(pairs.regions)).to_numpy()
    return np.asarray(number[pairs.a] == number[pairs.b])


def _redraw(lists: Lists, pairs: Pairs, likely: Floats, one: np.ndarray) -> Draw:
    """Prepare the excess under weighted statements.

    A field weighs the mean ``x_rf`` of the weights of the rows that name it there, 1 on average, so that with
    ``m_r = sum_f w_f^2 x_rf`` the overlap ``sum_f w_f^2 x_rf x_sf / sqrt(m_r m_s)`` is the cosine at equal weights
    and, up to a few percent, on average: products of independent weights of mean 1. (Under the cosine of x, or
    with rows dropped, noise alone would make all pairs less alike by a quarter.) A statement inherited by two
    regions is weighted for each by itself. Rarity and expectation rest on all rows and are held.
    """
    named = lists.statements.assign(field=lists.statements["fields"]).explode("field")
    statement = named.index.to_numpy()
    row, column = (
        lists.profiles.index.get_indexer(named["region_id"]),
        lists.profiles.columns.get_indexer(named["field"]),
    )
    cells, cell, count = np.unique(row * lists.profiles.shape[1] + column, return_inverse=True, return_counts=True)
    mean = sp.csr_array((1 / count[cell], (cell, statement)), shape=(len(cells), len(lists.statements)))
    at = lists.profiles.index.get_indexer(list(pairs.regions))
    a, b = at[pairs.a], at[pairs.b]
    rarity = lists.rarity.to_numpy() ** 2
    unknown = np.isnan(likely)

    def draw(rng: np.random.Generator, draws: int) -> Floats:
        x = np.zeros((draws, lists.profiles.size))
        x[:, cells] = (mean @ row_weights(rng, draws, len(lists.statements)).T).T
        x = x.reshape(draws, *lists.profiles.shape)
        mass = np.sqrt(x @ rarity)
        with np.errstate(invalid="ignore", divide="ignore"):
            overlap = ((x * rarity) @ x.transpose(0, 2, 1))[:, a, b] / (mass[:, a] * mass[:, b])
        return np.where(unknown, np.nan, np.where(one, 0.0, overlap - likely))

    return draw
