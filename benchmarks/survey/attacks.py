"""The attack on withheld cells, on surveys of the size that is published."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import numpy as np

from benchmarks.survey.worlds import survey
from synergy.survey import load_instrument
from synergy.survey.answers import answers_of

MIN_N = 5
READER = Path(__file__).resolve().parents[2] / "tests" / "synergy" / "survey" / "attack.py"


def attack(runs: int = 500) -> None:
    """Print how many withheld cells the reader recovers, and the narrowest range of a small group's mean it finds."""
    reader, instrument = _reader(), load_instrument()
    withheld = recovered = small = 0
    narrowest = np.inf
    for seed in range(runs):
        rng = np.random.default_rng(seed)
        people, regions = int(rng.integers(20, 120)), int(rng.integers(2, 5))
        answers = answers_of(survey(instrument, people, regions, seed, silent=float(rng.choice([0, 0.1, 0.3]))))
        hidden = reader.hidden_of(answers, MIN_N)
        withheld += int(hidden.sum())
        recovered += len(reader.recovered(answers, hidden))
        ranges = reader.solved_ranges(answers, hidden, MIN_N, most=8)
        small += len(ranges)
        narrowest = min(narrowest, *ranges) if ranges else narrowest
    print(f"{runs} surveys of 20 to 120 people in 2 to 4 regions, the shipped instrument\n")
    print("| cells withheld | recovered | small groups tried by linear programming | narrowest range, points |")
    print(f"|---|---|---|---|\n| {withheld:,} | {recovered} | {small:,} | {narrowest:.2f} |", flush=True)


def _reader() -> ModuleType:
    spec = spec_from_file_location("attack", READER)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
