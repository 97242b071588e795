"""Answers to look at before they are believed: straight lines, duplicates, items that do not fit the rest."""

from __future__ import annotations

import numpy as np
import pandas as pd

from synergy.survey.answers import answers_of
from synergy.survey.consistency import item_rest
from synergy.survey.instrument import Instrument

LEAST = 10
"""Of so many answers all alike, a respondent has drawn a straight line."""
RESPONDENT_COLUMNS = ("respondent_id", "region_id", "stakeholder", "answered", "straight_line", "same_as")
ITEM_COLUMNS = ("item", "area", "direction", "n", "no_information", "mean", "sd", "item_rest", "warning")


def flag_respondents(survey: pd.DataFrame, instrument: Instrument | None = None, least: int = LEAST) -> pd.DataFrame:
    """Return one row per respondent: how much was answered, whether all alike, and whose answers they repeat.

    ``straight_line``: at least ``least`` answers with information, all the same. ``same_as``: the first respondent of
    the same region and stakeholder type with the very same answers to every item, not all alike, of at least ``least``.
    Nobody is left out of any score for it: that is for people to decide. Not for publication.

    >>> import pandas as pd
    >>> rows = [(who, "AT32", "cluster", f"{area}{way}{n}", 3) for who in ("ada",) for area in "DSCIP" for way in "SC"
    ...         for n in (1, 2, 3)]
    >>> columns = ["respondent_id", "region_id", "stakeholder", "item", "answer"]
    >>> flag_respondents(pd.DataFrame(rows, columns=columns))[["answered", "straight_line"]].values.tolist()
    [[30, True]]
    """
    given = answers_of(survey, instrument)
    filled = np.nan_to_num(given.values, nan=0.0)
    answered = (filled > 0).sum(axis=1)
    top = filled.max(axis=1, initial=0.0)
    alike = np.all((filled == 0) | (filled == top[:, None]), axis=1) & (answered >= least)
    first: dict[tuple[int, int, bytes], str] = {}
    same: list[str | None] = []
    for at, who in enumerate(given.respondents):
        key = (int(given.region[at]), int(given.stakeholder[at]), filled[at].tobytes())
        is_like = key in first and answered[at] >= least and not alike[at]
        same.append(first[key] if is_like else None)
        first.setdefault(key, who)
    regions = [given.regions[r] for r in given.region]
    kinds = [given.stakeholders[s] for s in given.stakeholder]
    rows = zip(given.respondents, regions, kinds, answered.tolist(), alike.tolist(), same, strict=True)
    return pd.DataFrame(list(rows), columns=list(RESPONDENT_COLUMNS))


def item_diagnostics(survey: pd.DataFrame, instrument: Instrument | None = None) -> pd.DataFrame:
    """Return one row per item over all respondents: answers, share without information, mean, spread, fit.

    ``item_rest`` is the correlation with the sum of the other items of its area and direction, over those who answered
    all of them; ``warning`` says when an item is constant or goes against the rest, None otherwise.

    >>> import pandas as pd
    >>> rows = [(f"p{n}", "AT32", "cluster", item, 3 + n % 2) for n in range(6) for item in ("DS1", "DS2")]
    >>> survey = pd.DataFrame(rows, columns=["respondent_id", "region_id", "stakeholder", "item", "answer"])
    >>> item_diagnostics(survey)[["item", "n", "mean"]].to_dict("records")[0]
    {'item': 'DS1', 'n': 6, 'mean': 3.5}
    """
    given = answers_of(survey, instrument)
    rest: dict[str, float] = {}
    for codes in given.instrument.cells.values():
        values = given.items(codes)
        whole = values[~np.isnan(values).any(axis=1)]
        enough = len(codes) > 1 and len(whole) > 1
        found = item_rest(whole) if enough else np.full(len(codes), np.nan)
        rest |= dict(zip(codes, found.tolist(), strict=True))
    rows = []
    for code, item in given.instrument.items.items():
        values = given.items((code,))[:, 0]
        known = values[~np.isnan(values)]
        mean = float(known.mean()) if len(known) else np.nan
        spread = float(known.std(ddof=1)) if len(known) > 1 else np.nan
        share = 1 - len(known) / len(values) if len(values) else np.nan
        r = rest.get(code, np.nan)
        rows.append((code, item.area, item.direction, len(known), share, mean, spread, r, _warning(spread, r)))
    return pd.DataFrame(rows, columns=list(ITEM_COLUMNS))


def _warning(spread: float, r: float) -> str | None:
    if spread == 0:
        return "constant: everyone answered alike, so it tells nobody apart"
    if r < 0:
        return f"goes against the other items (correlation {r:.2f}); is it worded the other way round?"
    return None
