"""Agreement with what other packages computed for the same tables (numbers and conventions: oracles/)."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from synergy.economy import (
    complexity,
    complexity_outlook,
    density,
    entropy,
    hachman_index,
    herfindahl_index,
    krugman_index,
    location_quotient,
    locational_gini,
    prody,
    proximity,
)

PEERS = json.loads((Path(__file__).parent / "oracles" / "peers.json").read_text(encoding="utf-8"))
TABLES = sorted(set(PEERS) - {"versions"})
each_table = pytest.mark.parametrize("name", TABLES)


def table(name: str) -> pd.DataFrame:
    return pd.DataFrame(PEERS[name]["X"])


def agree(ours: object, theirs: object, atol: float = 1e-9) -> None:
    np.testing.assert_allclose(np.asarray(ours), np.asarray(theirs), rtol=0, atol=atol)


def test_the_versions_are_those_of_the_reference_runs() -> None:
    assert PEERS["versions"] == {"econcomplex": "1.0.1", "ecomplexity": "0.5.3", "fermi-cref": "0.2.0"}
    assert len(TABLES) == 5


@each_table
@pytest.mark.parametrize(
    ("measure", "function"),
    [
        ("lq", location_quotient),
        ("krugman", krugman_index),
        ("hachman", hachman_index),
        ("herfindahl", herfindahl_index),
        ("entropy", entropy),
        ("locational_gini", locational_gini),
    ],
)
def test_specialisation_agrees_with_econcomplex(name: str, measure: str, function) -> None:
    agree(function(table(name)), PEERS[name]["econcomplex"][measure])


@each_table
def test_prody_agrees_with_econcomplex(name: str) -> None:
    agree(prody(table(name), pd.Series(PEERS[name]["income"])), PEERS[name]["econcomplex"]["prody"], atol=1e-7)


@each_table
def test_proximity_and_density_agree_with_both_conventions(name: str) -> None:
    X, econ, py = table(name), PEERS[name]["econcomplex"], PEERS[name]["ecomplexity"]
    phi = proximity(X).to_numpy()
    agree(phi, py["proximity"])
    agree(phi - np.diag(np.diag(phi)), econ["proximity"])
    agree(density(X, diagonal="exclude"), econ["density"])
    agree(density(X, diagonal="include"), 100 * np.array(py["density"]))


@each_table
def test_eci_agrees_with_all_three(name: str) -> None:
    ours = complexity(table(name)).eci
    for package in ("econcomplex", "ecomplexity", "fermi-cref"):
        agree(ours, PEERS[name][package]["eci"], atol=1e-8)


@each_table
def test_pci_agrees_on_ecis_scale_sign_included(name: str) -> None:
    agree(complexity(table(name), scale="eci").pci, PEERS[name]["ecomplexity"]["pci"], atol=1e-8)


@each_table
def test_pci_agrees_on_its_own_scale_but_for_the_peers_sign(name: str) -> None:
    ours = complexity(table(name), scale="own").pci.to_numpy()
    econ, fermi = (np.array(PEERS[name][package]["pci"]) for package in ("econcomplex", "fermi-cref"))
    sign = np.sign(ours @ econ)
    assert sign == (-1 if name == "parted" else 1)
    agree(sign * ours, econ, atol=1e-8)
    agree(np.sign(ours @ fermi) * ours, fermi, atol=1e-8)


def test_on_the_parted_table_the_peer_ranks_regions_against_what_they_hold() -> None:
    X, econ = table("parted"), PEERS["parted"]["econcomplex"]
    M = (location_quotient(X) >= 1).to_numpy(dtype=float)
    ours = complexity(X)
    held = {"econcomplex": np.array(econ["pci"]), "ours": ours.pci.to_numpy()}
    mean = {who: M @ pci / M.sum(axis=1) for who, pci in held.items()}
    assert np.corrcoef(mean["econcomplex"], econ["eci"])[0, 1] == pytest.approx(-1)
    agree(mean["ours"], ours.eci)


@each_table
def test_fitness_agrees_with_fermi_and_with_econcomplex_after_ten(name: str) -> None:
    ours = complexity(table(name))
    np.testing.assert_allclose(ours.fitness, PEERS[name]["fermi-cref"]["fitness"], rtol=1e-9)
    np.testing.assert_allclose(ours.quality, PEERS[name]["fermi-cref"]["quality"], rtol=1e-9)
    np.testing.assert_allclose(ours.fitness, PEERS[name]["econcomplex"]["fitness_after_10"], rtol=1e-9)


@each_table
def test_coi_agrees_with_econcomplex_for_its_pci_and_cog_once_its_divisor_is_mended(name: str) -> None:
    """It divides phi_ij PCI_j by the sum around i; COI moves by phi_ij over the sum around j, as in the book."""
    X, econ = table(name), PEERS[name]["econcomplex"]
    ours = complexity_outlook(X, pci=pd.Series(econ["pci"]), diagonal="exclude", gain="gross")
    agree(ours.coi, econ["coi"])
    phi = np.array(econ["proximity"])
    absent = (location_quotient(X) < 1).to_numpy(dtype=float)
    sums = phi.sum(axis=1)
    agree(absent * ((absent * econ["pci"]) @ phi) / sums, econ["cog"])
    agree(absent * ((absent * econ["pci"] / sums) @ phi), ours.cog)


@each_table
def test_outlook_agrees_with_py_ecomplexity(name: str) -> None:
    """It takes PCI before scaling, in eigenvector length 1, and tells COI as a z-score and COG over ECI's deviation."""
    X, py = table(name), PEERS[name]["ecomplexity"]
    raw = complexity(X, scale="none")
    ours = complexity_outlook(X, pci=raw.pci, diagonal="include", gain="gross")
    agree((ours.coi - ours.coi.mean()) / ours.coi.std(ddof=0), py["coi"], atol=1e-8)
    agree(ours.cog / raw.eci.std(ddof=0), py["cog"], atol=1e-8)
