"""Write what pingouin says about alpha and ICC of a few seeded tables (see README.md); it is imported here only."""

import json
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).resolve().parent


def tables() -> dict[str, list[list[float]]]:
    """Respondents x items: the methods' table, seeded ones of several sizes, one whose items go against each other."""
    found = {"methods": [[4, 5, 4], [3, 3, 2], [5, 5, 5], [2, 3, 3], [4, 4, 5], [1, 2, 1]]}
    for seed, (n, k) in enumerate([(8, 2), (25, 4), (120, 10)]):
        rng = np.random.default_rng(seed)
        values = np.rint(rng.normal(3.2, 0.9, n)[:, None] + rng.normal(0, 0.8, (n, k))).clip(1, 5)
        found[f"seeded {n} x {k}"] = values.tolist()
    found["noise"] = np.random.default_rng(9).integers(1, 6, (15, 3)).tolist()
    return found


def main() -> None:
    import pingouin

    said = {}
    for name, values in tables().items():
        X = pd.DataFrame(values, dtype=float)
        alpha, interval = pingouin.cronbach_alpha(X)
        long = X.rename_axis("target").reset_index().melt("target", var_name="rater", value_name="score")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            table = pingouin.intraclass_corr(long, targets="target", raters="rater", ratings="score")
        single, mean = table.iloc[0], table.iloc[3]
        said[name] = {
            "X": values,
            "alpha": float(alpha),
            "alpha_ci": [float(x) for x in interval],
            "icc1": float(single["ICC"]),
            "icc1_types": [str(single.iloc[0]), str(mean.iloc[0])],
            "icck": float(mean["ICC"]),
            "icc1_ci": [float(x) for x in single["CI95"]],
            "p": float(single["pval"]),
        }
    said["versions"] = {"pingouin": version("pingouin")}
    (HERE / "peers.json").write_text(json.dumps(said) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
