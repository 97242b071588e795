from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import sparse

from synergy.economy import Complexity, complexity, complexity_outlook, presence, proximity
from synergy.economy import spectrum as spectrum_module
from synergy.errors import UsageError

C = pd.DataFrame([[0, 6, 9, 4], [10, 10, 3, 6], [7, 8, 1, 6], [9, 10, 0, 5], [10, 0, 0, 1]], index=list("abcde"))
NESTED = pd.DataFrame([[1, 1, 1], [1, 1, 0], [1, 0, 0]], index=["r", "s", "t"], columns=["i", "j", "k"])
presences = arrays(int, st.tuples(st.integers(2, 8), st.integers(2, 8)), elements=st.integers(0, 1))


def labelled(values: np.ndarray) -> pd.DataFrame:
    rows, columns = values.shape
    return pd.DataFrame(values, index=[f"r{n}" for n in range(rows)], columns=[f"a{n}" for n in range(columns)])


def markov(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The eigenvalues and vectors of Hidalgo and Hausmann's region matrix, largest first, whole and not symmetric."""
    step = (values / values.sum(axis=1)[:, None]) @ (values / values.sum(axis=0)[None, :]).T
    found, vectors = np.linalg.eig(step)
    order = np.argsort(-found.real)
    return found.real[order], vectors.real[:, order]


def blocks(*values: list[list[int]]) -> pd.DataFrame:
    return labelled(sparse.block_diag([np.array(v) for v in values]).toarray().astype(int))


def test_results_carry_labels_and_a_connected_table_has_nothing_to_tell() -> None:
    found = complexity(C)
    assert found.eci.index.tolist() == list("abcde")
    assert found.pci.index.tolist() == [0, 1, 2, 3]
    assert found.components.tolist() == [1] * 5
    assert (found.n_components, found.notes) == (1, ())


def test_scales_by_name() -> None:
    own, raw, eci = complexity(C, scale="own"), complexity(C, scale="none"), complexity(C)
    for scores in (own.eci, own.pci, eci.eci):
        assert scores.mean() == pytest.approx(0, abs=1e-12)
        assert scores.std(ddof=0) == pytest.approx(1)
    M = presence(C)
    assert (raw.ubiquity * raw.pci**2).sum() == pytest.approx(1)
    for found in (raw, eci):
        np.testing.assert_allclose((M @ found.pci) / M.sum(axis=1), found.eci, atol=1e-12)
    assert np.corrcoef(own.pci, eci.pci)[0, 1] == pytest.approx(1)
    with pytest.raises(UsageError, match="scale is 'z', expected one of 'eci', 'own', 'none'"):
        complexity(C, scale="z")


def test_binary_takes_the_table_as_it_is() -> None:
    pd.testing.assert_series_equal(complexity(presence(C), binary=True).eci, complexity(C).eci)
    assert complexity(NESTED, binary=True).diversity.tolist() == [3, 2, 1]
    assert complexity(NESTED, binary=True).ubiquity.to_dict() == {"i": 3, "j": 2, "k": 1}


@settings(max_examples=30, deadline=None)
@given(presences)
def test_eci_is_the_mean_pci_of_what_is_held_rises_with_diversity_and_is_the_markov_vector(values: np.ndarray) -> None:
    assume(values.any(axis=1).all() and values.any(axis=0).all())
    found = complexity(labelled(values), binary=True)
    assume(found.n_components == 1 and found.eci.notna().all())
    np.testing.assert_allclose((values @ found.pci) / values.sum(axis=1), found.eci, atol=1e-8)
    covariance = np.cov(found.eci, values.sum(axis=1))[0, 1]
    assert covariance > -1e-8
    eigenvalues, vectors = markov(values)
    if len(values) > 2 and eigenvalues[1] - eigenvalues[2] < 1e-4:
        return
    slow = (vectors[:, 1] - vectors[:, 1].mean()) / vectors[:, 1].std()
    np.testing.assert_allclose(np.sign(slow @ found.eci) * slow, found.eci, atol=1e-6)


@settings(max_examples=30, deadline=None)
@given(presences, st.randoms(use_true_random=False))
def test_order_does_not_matter(values: np.ndarray, random) -> None:
    M = labelled(values)
    rows, columns = list(M.index), list(M.columns)
    random.shuffle(rows)
    random.shuffle(columns)
    whole, shuffled = complexity(M, binary=True), complexity(M.loc[rows, columns], binary=True)
    pd.testing.assert_series_equal(shuffled.components[whole.components.index], whole.components)
    pd.testing.assert_series_equal(shuffled.fitness[whole.fitness.index], whole.fitness, rtol=1e-9)
    assert [note.split(":")[0] for note in shuffled.notes if "component" in note] == [
        note.split(":")[0] for note in whole.notes if "component" in note
    ]
    if any("no single ECI" in note for note in whole.notes):
        return
    np.testing.assert_allclose(shuffled.eci[whole.eci.index], whole.eci, atol=1e-6)
    np.testing.assert_allclose(shuffled.pci[whole.pci.index], whole.pci, atol=1e-6)


@settings(max_examples=30, deadline=None)
@given(presences, st.integers(1, 50))
def test_the_unit_does_not_matter_and_inputs_are_left_alone(values: np.ndarray, unit: int) -> None:
    X = labelled(values)
    before = X.copy()
    pd.testing.assert_series_equal(complexity(X * unit).eci, complexity(X).eci)
    pd.testing.assert_frame_equal(X, before)


def test_twins_score_alike() -> None:
    X = pd.concat([C, C.rename(index=str.upper)])
    found = complexity(X)
    np.testing.assert_allclose(found.eci[list("ABCDE")], found.eci[list("abcde")], atol=1e-9)
    np.testing.assert_allclose(found.eci[list("abcde")], complexity(C).eci, atol=1e-9)


def test_zero_rows_and_columns_are_told_and_change_nothing_else() -> None:
    wider = C.assign(empty=0)
    wider.loc["z"] = 0
    found, full = complexity(wider), complexity(C)
    pd.testing.assert_series_equal(found.eci[list("abcde")], full.eci)
    pd.testing.assert_series_equal(found.fitness[list("abcde")], full.fitness)
    assert np.isnan(found.eci["z"])
    assert np.isnan(found.pci["empty"])
    assert found.fitness["z"] == 0
    assert found.components["z"] is pd.NA
    assert found.activity_components["empty"] is pd.NA
    assert found.notes == (
        "1 region holding nothing: 'z'; no ECI",
        "1 activity held by nobody: 'empty'; no PCI",
    )


def test_each_component_is_solved_alone_and_told() -> None:
    two = blocks([[1, 1, 1], [1, 1, 0], [1, 0, 0]], [[1, 1, 1, 0], [1, 1, 0, 0], [0, 1, 0, 1], [0, 1, 0, 0]])
    found = complexity(two, binary=True)
    assert found.n_components == 2
    assert found.components.tolist() == [2, 2, 2, 1, 1, 1, 1]
    assert found.activity_components.tolist() == [2, 2, 2, 1, 1, 1, 1]
    assert found.notes[0].startswith("the table falls into 2 components (4, 3 regions) that share no activity")
    alone = complexity(two.iloc[:3, :3], binary=True)
    np.testing.assert_allclose(found.eci[:3], alone.eci, atol=1e-12)
    np.testing.assert_allclose(found.pci[:3], alone.pci, atol=1e-12)
    rest = complexity(two.iloc[3:, 3:], binary=True)
    np.testing.assert_allclose(found.eci[3:], rest.eci, atol=1e-12)
    # The peers give a component indicator here: one number per component.
    assert found.eci[:3].nunique() == 3


def test_what_has_no_order_is_unknown_and_told() -> None:
    found = complexity(blocks([[1, 1], [1, 1]], [[1]]), binary=True)
    assert found.eci.isna().all()
    assert found.fitness.notna().all()
    told = [note for note in found.notes if "has no order" in note]
    assert [note.split(" has")[0] for note in told] == ["component 1 ('r0', 'r1')", "component 2 ('r2')"]


def test_a_ring_has_no_single_eci_and_says_so() -> None:
    ring = labelled((np.eye(6) + np.roll(np.eye(6), 1, axis=1)).astype(int))
    found = complexity(ring, binary=True)
    assert any("second and third singular values are equal" in note for note in found.notes)


def test_where_diversity_is_silent_ubiquity_and_then_the_alphabet_orient() -> None:
    by_ubiquity = labelled(np.array([[1, 1, 0, 0], [1, 0, 1, 0], [1, 0, 0, 1], [0, 1, 0, 1]]))
    found = complexity(by_ubiquity, binary=True)
    assert (found.diversity == 2).all()
    assert any("ubiquity does" in note for note in found.notes)
    assert np.corrcoef(found.pci, found.ubiquity)[0, 1] < 0
    path = labelled(np.array([[1, 1, 0], [0, 1, 1]]))
    found = complexity(path, binary=True)
    assert found.notes == ("component 1 ('r0', 'r1'): nothing says which end of ECI is up; by convention that of 'r0'",)
    assert found.eci.to_dict() == pytest.approx({"r0": 1, "r1": -1})


def test_nothing_at_all_is_told() -> None:
    found = complexity(pd.DataFrame(np.zeros((2, 3)), index=list("rs")))
    assert found.eci.isna().all()
    assert found.n_components == 0
    assert "2 regions holding nothing: 'r', 's'; no ECI" in found.notes


def test_many_regions_take_the_sparse_solver_and_agree_with_the_whole_one(monkeypatch) -> None:
    rng = np.random.default_rng(3)
    skill, need = rng.normal(size=(60, 1)), rng.normal(size=(1, 90))
    M = labelled((rng.random((60, 90)) < 1 / (1 + np.exp(3 * (need - skill)))).astype(int))
    for table in (M, M.T):
        monkeypatch.setattr(spectrum_module, "DENSE", 400)
        whole = complexity(table, binary=True)
        monkeypatch.setattr(spectrum_module, "DENSE", 10)
        found = complexity(table, binary=True)
        np.testing.assert_allclose(found.eci, whole.eci, atol=1e-9)
        np.testing.assert_allclose(found.pci, whole.pci, atol=1e-9)
        pd.testing.assert_series_equal(complexity(table, binary=True).eci, found.eci, rtol=0, atol=0)


def test_fitness_is_the_published_iteration() -> None:
    M = presence(C).to_numpy()
    F, Q = np.ones(5), np.ones(4)
    for _ in range(19):
        F_next = [sum(M[r, i] * Q[i] for i in range(4)) for r in range(5)]
        Q_next = [1 / sum(M[r, i] / F[r] for r in range(5)) for i in range(4)]
        F, Q = np.array(F_next) / np.mean(F_next), np.array(Q_next) / np.mean(Q_next)
    found = complexity(C)
    np.testing.assert_allclose(found.fitness, F, rtol=1e-9)
    np.testing.assert_allclose(found.quality, Q, rtol=1e-9)


def test_frames_hold_every_series() -> None:
    found = complexity(C)
    assert isinstance(found, Complexity)
    assert found.to_frame().columns.tolist() == ["eci", "fitness", "diversity", "component"]
    assert found.activities().columns.tolist() == ["pci", "quality", "ubiquity", "component"]
    assert repr(found) == "Complexity(n_components=1, scale='eci', notes=())"
    with pytest.raises(AttributeError):
        found.scale = "own"


@settings(max_examples=30, deadline=None)
@given(presences, st.data())
def test_gain_is_what_the_outlook_gains(values: np.ndarray, data) -> None:
    """With phi and PCI held fixed and the activity itself left out of its surroundings, exactly."""
    M = labelled(values)
    assume((values == 0).any())
    pci = pd.Series(np.linspace(-1, 2, values.shape[1]), index=M.columns)
    phi = proximity(M, binary=True)
    fixed = {"binary": True, "pci": pci, "phi": phi, "diagonal": "exclude"}
    before = complexity_outlook(M, **fixed)
    r, i = data.draw(st.sampled_from([tuple(place) for place in np.argwhere(values == 0).tolist()]))
    after = M.copy()
    after.iloc[r, i] = 1
    gained = complexity_outlook(after, **fixed).coi.iloc[r] - before.coi.iloc[r]
    assert before.cog.iloc[r, i] == pytest.approx(gained, abs=1e-9)
    assert (before.cog.to_numpy()[values == 1] == 0).all()


def test_outlook_of_the_book_by_hand() -> None:
    pci = pd.Series({"k": 3.0, "j": 1.0, "i": -1.0})
    found = complexity_outlook(NESTED, binary=True, pci=pci)
    # phi: i-j 2/3, i-k 1/3, j-k 1/2; sums with the diagonal: i 2, j 13/6, k 11/6
    near_j, near_k = (2 / 3) / (13 / 6), (1 / 3) / (11 / 6)
    assert found.coi["t"] == pytest.approx(near_j * 1 + near_k * 3)
    assert found.coi["r"] == 0
    assert found.cog.loc["t", "j"] == pytest.approx(1 / (13 / 6) * 1 + (1 / 2) / (11 / 6) * 3 - near_j * 1)
    gross = complexity_outlook(NESTED, binary=True, pci=pci, gain="gross")
    assert gross.cog.loc["t", "j"] == pytest.approx(found.cog.loc["t", "j"] + near_j)
    assert (found.diagonal, found.gain, found.notes) == ("include", "net", ())


def test_outlook_tells_what_it_lacks() -> None:
    with pytest.raises(UsageError, match="pci has no activity 'k'"):
        complexity_outlook(NESTED, binary=True, pci=pd.Series({"i": 1.0, "j": 2.0}))
    with pytest.raises(UsageError, match="gain is 'both'"):
        complexity_outlook(NESTED, binary=True, gain="both")
    found = complexity_outlook(NESTED.assign(nobody=0), binary=True)
    assert found.notes[-1] == "1 of 4 activities have no PCI and contribute nothing to COI and COG"
    pd.testing.assert_series_equal(found.coi, complexity_outlook(NESTED, binary=True).coi)
