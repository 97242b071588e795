"""How often the interval of a mean holds it: five ways in which people answer, five sizes of group."""

import numpy as np

from synergy.survey.intervals import mean_interval

WAYS = {
    "symmetric": (0.1, 0.2, 0.4, 0.2, 0.1),
    "leaning to yes": (0.05, 0.1, 0.25, 0.4, 0.2),
    "at the ceiling": (0.02, 0.03, 0.1, 0.25, 0.6),
    "split in two": (0.3, 0.15, 0.1, 0.15, 0.3),
    "leaning to no": (0.4, 0.3, 0.2, 0.07, 0.03),
}
SIZES = (5, 10, 20, 40, 100)


def coverage(runs: int = 4000) -> None:
    """Print the share of intervals (nominal 95 %) that hold the mean, and their mean width, by way and size."""
    print(f"{runs} samples each; three items, a person's later answers as the first with a probability of 0.6\n")
    print("| answers | n | method | coverage, % | mean width |\n|---|---|---|---|---|", flush=True)
    for way, chances in WAYS.items():
        for n in SIZES:
            rng = np.random.default_rng([n, len(way)])
            mean = float(np.dot(chances, np.arange(1, 6)))
            base = rng.choice(np.arange(1, 6), (runs, n, 1), p=chances)
            other = rng.choice(np.arange(1, 6), (runs, n, 3), p=chances)
            keep = rng.random((runs, n, 3)) < 0.6
            keep[..., 0] = True
            scores = np.where(keep, base, other).mean(axis=2)
            found = [mean_interval(each, 0.95, 2000, run) for run, each in enumerate(scores)]
            held = np.mean([low - 1e-9 <= mean <= high + 1e-9 for low, high, _ in found])
            width = np.mean([high - low for low, high, _ in found])
            print(f"| {way} | {n} | {found[0][2]} | {100 * held:.1f} | {width:.2f} |", flush=True)
