"""How alike two regions' lists are, when a field that everyone lists says little."""

from __future__ import annotations

import numpy as np
import pandas as pd


def idf(profiles: pd.DataFrame) -> pd.Series:
    """Return the inverse document frequency of each field, ``log(N / n_f)``.

    N counts the rows (lists) and n_f those that hold f; a field on every list weighs 0, one on no list 0.

    >>> idf(pd.DataFrame([[1, 1], [0, 1]], columns=["f", "g"])).round(3).to_dict()
    {'f': 0.693, 'g': 0.0}
    """
    holders = (profiles > 0).sum(axis=0)
    return np.log(len(profiles) / holders.where(holders > 0)).fillna(0.0)


def weighted_cosine(profiles: pd.DataFrame, weights: pd.Series) -> pd.DataFrame:
    """Return the cosine between rows after weighting each field: rows x rows, in [0, 1].

    A row without any weighted field has no direction: its cosines are NaN (unknown), its own included.

    >>> P = pd.DataFrame([[1, 0], [1, 1], [0, 0]], columns=["f", "g"])
    >>> weighted_cosine(P, pd.Series({"f": 1.0, "g": 1.0})).round(3).loc[0].tolist()
    [1.0, 0.707, nan]
    """
    values = profiles.to_numpy(dtype=float) * weights.reindex(profiles.columns).to_numpy(dtype=float)
    length = np.sqrt((values**2).sum(axis=1))
    with np.errstate(invalid="ignore", divide="ignore"):
        cosine = (values @ values.T) / np.outer(length, length)
    return pd.DataFrame(np.clip(cosine, 0.0, 1.0), index=profiles.index, columns=profiles.index)


def popularity(profiles: pd.DataFrame, groups: pd.Series, own_weight: float = 1.0) -> pd.DataFrame:
    """Return how popular each field is in each group (country): groups x fields, in [0, 1].

    ``q_gf = (n_gf + a q_f) / (n_g + a)``: the share of the group's n_g lists that hold f, smoothed with ``a =
    own_weight`` lists' worth of q_f, its share over all lists, so that a small group is not taken at its word.

    >>> P = pd.DataFrame([[1, 0], [1, 0], [0, 1], [1, 1]], columns=["f", "g"])
    >>> popularity(P, pd.Series(["a", "a", "b", "b"])).round(3).loc["a"].to_dict()
    {'f': 0.917, 'g': 0.167}
    """
    present = (profiles > 0).astype(float)
    by_group = present.groupby(groups.to_numpy(), sort=True)
    whole = own_weight * present.mean(axis=0)
    return by_group.sum().add(whole, axis=1).div(by_group.size() + own_weight, axis=0)


def expected_presence(profiles: pd.DataFrame, groups: pd.Series, own_weight: float = 1.0) -> pd.DataFrame:
    """Return how probable each field is on each list, given the list's length, the field and the group.

    With the ``popularity`` q_gf of field f in group (country) g and o its odds, a list r of length k_r holds f
    with ``p_rf = t_r o_gf / (1 + t_r o_gf)``, t_r such that ``sum_f p_rf = k_r``. It keeps each list's length and
    each field's popularity in its country, so that what exceeds it is more than imitation.

    >>> P = pd.DataFrame([[1, 0], [1, 0], [0, 1], [1, 1]], columns=["f", "g"])
    >>> expected_presence(P, pd.Series(["a", "a", "b", "b"])).sum(axis=1).round(6).tolist()
    [1.0, 1.0, 1.0, 2.0]
    """
    shares = popularity(profiles, groups, own_weight)
    length = (profiles.to_numpy(dtype=float) > 0).sum(axis=1)
    chance = [_of_length(shares.loc[group].to_numpy(), int(k)) for group, k in zip(groups, length, strict=True)]
    return pd.DataFrame(np.reshape(chance, profiles.shape), index=profiles.index, columns=profiles.columns)


def _of_length(share: np.ndarray, length: int) -> np.ndarray:
    """Scale the odds of ``share`` so that the probabilities sum to ``length`` (bisection on the log scale)."""
    open_ = (share > 0) & (share < 1)
    certain = float((share >= 1).sum())
    if not certain < length < certain + open_.sum():
        held = min(1.0, length / max(certain, 1.0))
        return np.where(share >= 1, held, np.where((share > 0) & (length > certain), 1.0, 0.0))
    odds = np.log(share[open_] / (1 - share[open_]))
    low, high = -60.0, 60.0
    for _ in range(80):
        middle = (low + high) / 2
        total = certain + (1 / (1 + np.exp(-(odds + middle)))).sum()
        low, high = (middle, high) if total < length else (low, middle)
    chance = (share >= 1).astype(float)
    chance[open_] = 1 / (1 + np.exp(-(odds + (low + high) / 2)))
    return chance
