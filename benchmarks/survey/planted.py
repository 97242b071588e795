"""Planted gaps and none: what is found and what is told falsely, over whole surveys through `gaps`."""

import numpy as np
import pandas as pd

from benchmarks.survey.worlds import survey
from synergy.survey import ALL, Instrument, gaps, load_instrument
from synergy.survey.contrasts import GAP, NO_GAP

FDR, MATTERS = 0.05, 0.5
HEADER = (
    "people", "gap, points", "gaps found, %", "of those that `detectable` promises, %", "false gaps, % of gaps told",
    "surveys with a false gap, %", "gaps called 'no gap that matters', %",
)  # fmt: skip


def planted(runs: int = 1000) -> None:
    """Print the rates for no gap and for gaps of two sizes."""
    print(
        f"{runs} surveys each in 4 regions: 10 cells x 10 pairs of types over all of them; 2 cells x 4 pairs planted\n"
    )
    print(f"| {' | '.join(HEADER)} |\n|{'---|' * len(HEADER)}", flush=True)
    for people, shift in ((120, 0.0), (120, 1.0), (300, 0.55)):
        print(_row(runs, people, shift), flush=True)


def _row(runs: int, people: int, size: float) -> str:
    """Run surveys in which cluster managers see two of ten cells higher than everybody else."""
    instrument = load_instrument()
    codes, cells = list(instrument.items), list(instrument.cells)
    chosen = [cells[0], cells[5]] if size else []
    shift = np.zeros((len(instrument.stakeholders), len(codes)))
    for cell in chosen:
        shift[0, [codes.index(code) for code in instrument.cells[cell]]] = size
    true = _effect(instrument, shift, chosen) if size else 0.0
    parts = [_told(instrument, seed, people, shift, chosen) for seed in range(runs)]
    told = pd.concat(parts, keys=range(runs), names=["run", None]).reset_index("run")
    gap, real = told["verdict"] == GAP, told["real"]
    false = told.assign(gap=gap, false=gap & ~real).groupby("run")[["gap", "false"]].sum()
    able = real & (told["detectable"] <= true)
    share = (false["false"] / false["gap"].clip(lower=1)).mean()
    figures = (
        _percent(gap[real]), f"{_percent(gap[able])} of {able.sum():,}" if able.any() else "", f"{100 * share:.1f}",
        _percent(false["false"] > 0), _percent(told.loc[real, "verdict"] == NO_GAP) if true >= MATTERS else "",
    )  # fmt: skip
    return f"| {people} | {true:.2f} | {' | '.join(figures)} |"


def _told(
    instrument: Instrument, seed: int, people: int, shift: np.ndarray, chosen: list[tuple[str, str]]
) -> pd.DataFrame:
    found = gaps(survey(instrument, people, 4, seed, shift=shift), instrument, matters=MATTERS, fdr=FDR)
    table = found.of("stakeholders", ALL)
    here = np.array([cell in chosen for cell in zip(table["area"], table["direction"], strict=True)], bool)
    return table[["verdict", "detectable"]].assign(real=(table["a"] == "cluster") & here)


def _effect(instrument: Instrument, shift: np.ndarray, chosen: list[tuple[str, str]]) -> float:
    """Return the gap that is left after answers are rounded to the scale, from a large survey."""
    large = gaps(survey(instrument, 60_000, 1, 999, shift=shift), instrument).of("stakeholders", ALL)
    rows = large[(large["a"] == "cluster") & (large["area"] == chosen[0][0]) & (large["direction"] == chosen[0][1])]
    return float(rows["difference"].mean())


def _percent(told: pd.Series) -> str:
    return f"{100 * told.mean():.1f}" if len(told) else ""


__all__ = ["planted"]
