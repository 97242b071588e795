from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from synergy.economy import (
    complementarity,
    density,
    pooling_gain,
    presence,
    proximity,
    relatedness,
    tied_complementarity,
    union_density,
)
from synergy.errors import UnknownName, UsageError

presences = arrays(int, st.tuples(st.integers(1, 6), st.integers(1, 6)), elements=st.integers(0, 1))
patchy = arrays(float, st.tuples(st.integers(2, 5), st.integers(2, 5)), elements=st.sampled_from([0.0, 1.0, np.nan]))
M = pd.DataFrame([[1, 0, 0], [0, 1, 1], [1, 1, 0]], index=["r", "s", "t"], columns=["i", "j", "k"])


def labelled(values: np.ndarray) -> pd.DataFrame:
    rows, columns = values.shape
    return pd.DataFrame(values, index=[f"r{n}" for n in range(rows)], columns=[f"a{n}" for n in range(columns)])


def slow(phi: np.ndarray, own: np.ndarray, include: bool) -> list[float]:
    """Density of one list of activities in plain loops; a NaN is in neither sum."""
    found = []
    for i in range(len(own)):
        related = [(phi[i, j], x) for j, x in enumerate(own) if include or i != j]
        near = [(p, x) for p, x in related if not np.isnan(p + x)]
        whole = sum(p for p, _ in near)
        unknown = 0.0 if sum(p for p, _ in related) == 0 else np.nan
        found.append(100 * sum(p * x for p, x in near) / whole if whole > 0 else unknown)
    return found


@settings(max_examples=25, deadline=None)
@given(presences | patchy, st.booleans())
def test_density_is_the_share_of_relatedness_already_held(values: np.ndarray, include: bool) -> None:
    X = labelled(values)
    phi = proximity(X, binary=True, missing="available")
    diagonal = "include" if include else "exclude"
    found = density(X, binary=True, diagonal=diagonal, missing="available")
    expected = [slow(phi.to_numpy(), own, include) for own in values]
    np.testing.assert_allclose(found, expected, atol=1e-9)
    assert not ((found < 0) | (found > 100)).to_numpy().any()
    pd.testing.assert_frame_equal(density(X, phi, binary=True, diagonal=diagonal, missing="available"), found)


@settings(max_examples=25, deadline=None)
@given(presences)
def test_both_conventions_tell_the_same_story(values: np.ndarray) -> None:
    """RD_with = (RD_without S' + 100 phi_ii M_ri) / (S' + phi_ii) with S' the sum without the diagonal."""
    X = labelled(values)
    phi = proximity(X, binary=True).to_numpy()
    own, others = phi.diagonal(), phi.sum(axis=1) - phi.diagonal()
    without, with_ = (density(X, binary=True, diagonal=which).to_numpy() for which in ("exclude", "include"))
    np.testing.assert_allclose(with_ * (others + own), without * others + 100 * own * values, atol=1e-7)


@settings(max_examples=25, deadline=None)
@given(presences, st.randoms(use_true_random=False))
def test_order_does_not_matter_not_even_phis(values: np.ndarray, random) -> None:
    X = labelled(values)
    rows, columns, other = list(X.index), list(X.columns), list(X.columns)
    for names in (rows, columns, other):
        random.shuffle(names)
    phi = proximity(X, binary=True).loc[columns, other]
    found = density(X.loc[rows, columns], phi, binary=True)
    np.testing.assert_allclose(found.loc[X.index, X.columns], density(X, binary=True), atol=1e-9)


def test_amounts_are_read_by_location_quotient_and_any_relatedness_will_do() -> None:
    X = pd.DataFrame([[9, 1, 5], [1, 9, 5], [5, 5, 0]], index=list("rst"), columns=list("ijk"))
    pd.testing.assert_frame_equal(density(X), density(presence(X), binary=True))
    phi = relatedness(X, "cosine")
    expected = [slow(phi.to_numpy(), own, False) for own in presence(X).to_numpy()]
    np.testing.assert_allclose(density(X, phi), expected, atol=1e-9)
    larger = relatedness(X.assign(h=[1, 2, 3]), "cosine")
    assert density(X, larger).columns.tolist() == ["i", "j", "k"]


def test_a_zero_row_is_zero_and_an_activity_apart_is_zero() -> None:
    wider = M.assign(apart=[0, 0, 0])
    wider.loc["empty"] = 0
    found = density(wider, binary=True)
    assert (found.loc["empty"] == 0).all()
    assert (found["apart"] == 0).all()
    pd.testing.assert_frame_equal(found.loc[M.index, M.columns], density(M, binary=True))


def test_wrong_calls_are_told() -> None:
    with pytest.raises(UsageError, match="diagonal is 'econgeo', expected 'exclude' or 'include'"):
        density(M, diagonal="econgeo")
    with pytest.raises(UsageError, match=r"phi has no activity 'k' \(1 absent\)"):
        density(M, proximity(M, binary=True).loc[["i", "j"], ["i", "j"]], binary=True)
    with pytest.raises(UsageError, match="row 's', column 'j' is unknown"):
        density(M.where(~((M.index == "s")[:, None] & (M.columns == "j"))), binary=True)
    with pytest.raises(UsageError, match="is negative"):
        density(-M)


@settings(max_examples=25, deadline=None)
@given(arrays(int, (5, 6), elements=st.integers(0, 1)), st.sets(st.integers(0, 4)), st.sets(st.integers(0, 4)))
def test_density_of_a_union_is_monotone_and_submodular(values: np.ndarray, a: set[int], b: set[int]) -> None:
    X = labelled(values)

    def of(members: set[int]) -> np.ndarray:
        if not members:
            return np.zeros(6)
        return union_density(X, [f"r{n}" for n in sorted(members)], binary=True).to_numpy()

    assert (of(a | b) >= of(a) - 1e-9).all()
    assert (of(a) + of(b) >= of(a | b) + of(a & b) - 1e-9).all()


@settings(max_examples=25, deadline=None)
@given(arrays(int, (5, 6), elements=st.integers(0, 1)), st.sets(st.integers(0, 4), min_size=1))
def test_what_a_set_brings_a_member_is_union_less_own(values: np.ndarray, members: set[int]) -> None:
    X = labelled(values)
    names = [f"r{n}" for n in sorted(members)]
    gain, union, own = (
        pooling_gain(X, names, binary=True),
        union_density(X, names, binary=True),
        density(X, binary=True),
    )
    assert gain.index.tolist() == names
    for r in names:
        absent = X.loc[r] == 0
        np.testing.assert_allclose(gain.loc[r][absent], (union - own.loc[r])[absent], atol=1e-9)
        assert gain.loc[r][~absent].isna().all()


@settings(max_examples=25, deadline=None)
@given(patchy)
def test_for_two_regions_it_is_complementarity_both_ways(values: np.ndarray) -> None:
    """Exactly where all is known; what one knows and the other does not may count for the union alone."""
    X = labelled(np.nan_to_num(values))
    pairs = complementarity(X, binary=True)
    means = pooling_gain(X, ["r0", "r1"], binary=True).mean(axis=1)
    np.testing.assert_allclose(means, [pairs.loc["r0", "r1"], pairs.loc["r1", "r0"]], atol=1e-9)
    assert pooling_gain(labelled(values), ["r0", "r1"], binary=True, missing="available").shape == (2, values.shape[1])


def test_unknown_stays_unknown_in_a_union_unless_somebody_holds_it() -> None:
    X = pd.DataFrame([[1, np.nan, 0], [0, 1, np.nan], [1, 1, 1]], index=list("rst"), columns=list("ijk"))
    phi = pd.DataFrame(1.0, index=X.columns, columns=X.columns)
    # together r and s hold i and j, k is unknown: around i, of j alone 100
    found = union_density(X, ["r", "s"], phi=phi, binary=True, missing="available")
    assert found.to_dict() == {"i": 100, "j": 100, "k": 100}
    gain = pooling_gain(X, ["r", "s"], phi=phi, binary=True, missing="available")
    assert gain.loc["r"].isna().tolist() == [True, True, False]
    # r knows i and k; of these the union knows i: j is unknown in r, so nothing is added around k
    assert gain.loc["r", "k"] == 0


def test_unknown_regions_and_empty_sets_are_told() -> None:
    with pytest.raises(UnknownName, match=r"there is no region 'rr'\. Did you mean 'r'"):
        union_density(M, ["r", "rr"], binary=True)
    with pytest.raises(UsageError, match="at least one region"):
        pooling_gain(M, [], binary=True)
    with pytest.raises(UsageError, match="expected a list"):
        union_density(M, "r", binary=True)


@settings(max_examples=25, deadline=None)
@given(patchy, st.data())
def test_ties_add_up_what_each_partner_adds(values: np.ndarray, data) -> None:
    n = len(values)
    X = labelled(values)
    strength = data.draw(arrays(int, (n, n), elements=st.integers(0, 3)))
    L = pd.DataFrame(strength, index=X.index, columns=X.index)
    found = tied_complementarity(X, L, binary=True, missing="available").to_numpy()
    phi = proximity(X, binary=True, missing="available").to_numpy(copy=True)
    np.fill_diagonal(phi, 0)
    for r, i in np.ndindex(values.shape):
        if np.isnan(values[r, i]):
            assert np.isnan(found[r, i])
            continue
        added = []
        for s in np.flatnonzero(strength[r]):
            both = ~np.isnan(values[[r, s]]).any(axis=0) & ~np.isnan(phi[i])
            whole = phi[i, both].sum()
            if whole or phi[i].sum() == 0:
                gain = (phi[i] * (1 - values[r]) * values[s])[both].sum() / (whole or 1)
                added.append(strength[r, s] * 100 * gain)
        expected = np.nan if strength[r].any() and not added else sum(added)
        assert found[r, i] == pytest.approx(expected, abs=1e-9, nan_ok=True)


def test_ties_are_matched_by_name_and_checked() -> None:
    L = pd.DataFrame([[5, 2, 0], [0, 5, 0], [0, 1, 5]], index=M.index, columns=M.index)
    found = tied_complementarity(M, L, binary=True)
    shuffled = tied_complementarity(M, L.loc[["t", "r", "s"], ["s", "t", "r"]], binary=True)
    pd.testing.assert_frame_equal(shuffled, found)
    with pytest.raises(UsageError, match="the ties have no region 't'"):
        tied_complementarity(M, L.loc[["r", "s"], ["r", "s"]], binary=True)
    with pytest.raises(UsageError, match="row 'r', column 's' is negative"):
        tied_complementarity(M, -L + 5 * np.eye(3), binary=True)
