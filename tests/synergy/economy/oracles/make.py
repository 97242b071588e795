"""Write what econcomplex, ecomplexity (py-ecomplexity) and fermi-cref say about a few seeded tables (see README.md).

The packages are imported where they are used: the tests read the numbers, not the packages.
"""

import json
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).resolve().parent


def tables() -> dict[str, pd.DataFrame]:
    """The methods' table C, and seeded ones: nested amounts, plain noise, and one where the peers' signs part."""
    found = {"C": [[0, 6, 9, 4], [10, 10, 3, 6], [7, 8, 1, 6], [9, 10, 0, 5], [10, 0, 0, 1]]}
    rng = np.random.default_rng(4)
    skill, need = np.linspace(0.4, 3.5, 12), np.linspace(0.3, 3.0, 9)
    found["nested"] = rng.poisson(6 / (1 + np.exp(3 * (need[None, :] - skill[:, None])))).tolist()
    found["noise"] = np.random.default_rng(7).integers(0, 60, (14, 8)).tolist()
    found["wide"] = (np.random.default_rng(11).poisson(0.5, (7, 16)) * 5).tolist()
    found["parted"] = np.random.default_rng(7).integers(0, 40, (8, 10)).tolist()
    return {name: labelled(values) for name, values in found.items()}


def labelled(values: list[list[int]]) -> pd.DataFrame:
    """Rows r00, r01…, columns a00, a01…: in order for every package that sorts them."""
    table = pd.DataFrame(values, dtype=float)
    table.index = pd.Index([f"r{n:02}" for n in range(len(table))])
    table.columns = pd.Index([f"a{n:02}" for n in range(table.shape[1])])
    return table.loc[table.sum(axis=1) > 0, table.sum(axis=0) > 0]


def by_econcomplex(X: pd.DataFrame, income: np.ndarray) -> dict[str, object]:
    import econcomplex as ec

    M = ec.rca(X, binary=True)
    eci, pci = ec.eci_pci(X, trim=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fitness, _ = ec.fitness_complexity(X, iterations=10, tol=0.0)
    return {
        "lq": ec.location_quotient(X),
        "krugman": ec.krugman_index(X),
        "hachman": ec.hachman_index(X),
        "herfindahl": ec.herfindahl(X, normalize=False),
        "entropy": ec.shannon_entropy(X),
        "locational_gini": ec.locational_gini(X),
        "prody": ec.prody(X, income),
        "proximity": ec.proximity(X, compute="product")["product"],
        "density": ec.relatedness_density(X),
        "eci": eci,
        "pci": pci,
        "fitness_after_10": fitness,
        "coi": ec.complexity_outlook_index(M, pci, use_rca=False),
        "cog": ec.complexity_outlook_gain(M, pci, use_rca=False),
    }


def by_ecomplexity(X: pd.DataFrame) -> dict[str, object]:
    from ecomplexity import ecomplexity, proximity

    long = X.rename_axis("loc").reset_index().melt("loc", var_name="prod", value_name="val").assign(time=1)
    names = {"time": "time", "loc": "loc", "prod": "prod", "val": "val"}
    out = ecomplexity(long, names, check_logsupermodularity=False, verbose=False)
    phi = proximity(long, names)
    cells = {name: out.pivot(index="loc", columns="prod", values=name) for name in ("rca", "density", "cog")}
    return cells | {
        "eci": out.groupby("loc")["eci"].first(),
        "pci": out.groupby("prod")["pci"].first(),
        "coi": out.groupby("loc")["coi"].first(),
        "proximity": phi.pivot(index="prod_1", columns="prod_2", values="proximity"),
    }


def by_fermi(X: pd.DataFrame) -> dict[str, object]:
    from fermi.economic_fitness_complexity import efc

    model = efc(X).compute_rca().binarize()
    eci, pci = model.get_eci_pci(method="eigenvalue")
    fitness, quality = model.get_fitness_complexity(max_iteration=19, min_distance=0.0)
    return {"eci": eci, "pci": pci, "fitness": fitness.astype(float), "quality": quality.astype(float)}


def plain(values: object) -> list:
    return np.asarray(values, dtype=float).tolist()


def main() -> None:
    found = {}
    for name, X in tables().items():
        income = 10_000.0 + 1_000.0 * np.arange(len(X))
        said = {"econcomplex": by_econcomplex(X, income), "ecomplexity": by_ecomplexity(X), "fermi-cref": by_fermi(X)}
        found[name] = {"X": plain(X), "income": plain(income)} | {
            package: {measure: plain(values) for measure, values in measures.items()}
            for package, measures in said.items()
        }
    found["versions"] = {package: version(package) for package in ("econcomplex", "ecomplexity", "fermi-cref")}
    (HERE / "peers.json").write_text(json.dumps(found) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
