"""Surveys made up to be read, scored and attacked."""

import numpy as np
import pandas as pd

from synergy.survey import Instrument


def survey(
    instrument: Instrument,
    people: int,
    regions: int,
    seed: int,
    silent: float = 0.15,
    shift: np.ndarray | None = None,
) -> pd.DataFrame:
    """Return people of uneven regions and types; ``shift`` (types x items) moves their answers before rounding."""
    rng = np.random.default_rng(seed)
    kinds, codes = list(instrument.stakeholders), list(instrument.items)
    at = rng.choice(regions, people, p=rng.dirichlet(np.full(regions, 4.0)))
    kind = rng.choice(len(kinds), people, p=rng.dirichlet(np.full(len(kinds), 4.0)))
    values = rng.normal(3.0, 0.6, people)[:, None] + rng.normal(0, 0.7, (people, len(codes)))
    values = np.rint(values if shift is None else values + shift[kind]).clip(1, 5)
    values[rng.random(values.shape) < silent] = 0
    who, item = np.divmod(np.arange(values.size), len(codes))
    return pd.DataFrame(
        {
            "respondent_id": np.array([f"p{n:05}" for n in range(people)])[who],
            "region_id": np.array([f"R{n:02}" for n in range(regions)])[at[who]],
            "stakeholder": np.array(kinds)[kind[who]],
            "item": np.array(codes)[item],
            "answer": values.ravel().astype(int),
        }
    )
