"""Do the items of one area and direction measure one thing: Cronbach's alpha, and what each item does to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from synergy.errors import UsageError
from synergy.survey.answers import Floats, answers_of
from synergy.survey.instrument import Instrument
from synergy.survey.intervals import check_level


@dataclass(frozen=True)
class Warned:
    """What is odd about one item, in words: ``kind`` is 'constant' or 'negative item-rest correlation'."""

    item: str
    kind: str
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Alpha:
    """Cronbach's alpha with its interval; NaN with a ``reason`` where it is undefined.

    ``respondents`` answered every item and count; ``left_out`` did not. ``item_rest`` is each item's correlation with
    the sum of the others, ``without`` alpha when it is left out; ``warnings`` name items that are constant or go
    against the rest (perhaps worded the other way round).
    """

    alpha: float
    low: float
    high: float
    items: int
    respondents: int
    left_out: int
    reason: str = ""
    item_rest: Mapping[str, float] = field(default_factory=dict)
    without: Mapping[str, float] = field(default_factory=dict)
    warnings: tuple[Warned, ...] = ()
    level: float = 0.95

    def to_frame(self) -> pd.DataFrame:
        """Return one row per item: item, item_rest, alpha_without, warning (None where there is none)."""
        told = {each.item: each.text for each in self.warnings}
        rows = [(item, r, self.without[item], told.get(item)) for item, r in self.item_rest.items()]
        return pd.DataFrame(rows, columns=["item", "item_rest", "alpha_without", "warning"])

    def to_dict(self) -> dict[str, Any]:
        """Return plain values; what is undefined is None."""
        return {name: _plain(value) for name, value in asdict(self).items()}

    def __repr__(self) -> str:
        if self.reason:
            return f"Alpha(undefined: {self.reason})"
        return f"Alpha({self.alpha:.3f} [{self.low:.3f}, {self.high:.3f}], {self.items} items, n={self.respondents})"


def cronbach_alpha(answers: pd.DataFrame | ArrayLike, level: float = 0.95) -> Alpha:
    """Return Cronbach's alpha of respondents x items: how far the items measure one thing.

    ``alpha = k / (k - 1) (1 - sum_i var(x_i) / var(sum_i x_i))``, k items, variances with n - 1 (Cronbach 1951). The
    interval is Feldt's (1965): ``1 - (1 - alpha) F`` at the quantiles of F with n - 1 and (n - 1)(k - 1) degrees of
    freedom. A respondent with a missing answer is left out. Below 2 such respondents, or when nobody's sum differs,
    alpha is undefined: NaN, with the reason.

    Raises UsageError for fewer than two items and for a level outside (0, 1).

    >>> X = [[4, 5, 4], [3, 3, 2], [5, 5, 5], [2, 3, 3], [4, 4, 5], [1, 2, 1]]
    >>> cronbach_alpha(X)
    Alpha(0.956 [0.813, 0.993], 3 items, n=6)
    >>> cronbach_alpha([[3, 3], [3, 3]])
    Alpha(undefined: every respondent has the same sum)
    """
    check_level(level)
    table = answers if isinstance(answers, pd.DataFrame) else pd.DataFrame(np.atleast_2d(np.asarray(answers, float)))
    values = table.to_numpy(dtype=np.float64, na_value=np.nan)
    names = [str(name) for name in table.columns]
    if values.shape[1] < 2:
        raise UsageError(f"alpha compares items with each other: it needs at least 2, not {values.shape[1]}")
    whole = values[~np.isnan(values).any(axis=1)]
    n, k = whole.shape
    counts = {"items": k, "respondents": n, "left_out": len(values) - n, "level": level}
    if n < 2:
        return Alpha(np.nan, np.nan, np.nan, **counts, reason=f"{n} respondents answered every item; 2 are needed")
    warnings = tuple(_warnings(whole, names))
    rest = dict(zip(names, item_rest(whole), strict=True))
    if np.ptp(whole.sum(axis=1)) == 0:
        reason = "every respondent has the same sum"
        return Alpha(np.nan, np.nan, np.nan, **counts, reason=reason, item_rest=rest, warnings=warnings,
                     without=dict.fromkeys(names, np.nan))  # fmt: skip
    alpha = _alpha(whole)
    low, high = _feldt(alpha, n, k, level)
    without = [_alpha(np.delete(whole, item, axis=1)) for item in range(k)]
    return Alpha(alpha, low, high, **counts, item_rest=rest, without=dict(zip(names, without, strict=True)),
                 warnings=warnings)  # fmt: skip


def _alpha(values: Floats) -> float:
    k, whole = values.shape[1], float(values.sum(axis=1).var(ddof=1))
    if k < 2 or whole == 0:
        return np.nan
    return float(k / (k - 1) * (1 - values.var(axis=0, ddof=1).sum() / whole))


def _feldt(alpha: float, n: int, k: int, level: float) -> tuple[float, float]:
    from scipy.special import fdtri

    tail, first, second = (1 - level) / 2, n - 1, (n - 1) * (k - 1)
    return tuple(1 - (1 - alpha) * float(fdtri(first, second, q)) for q in (1 - tail, tail))  # type: ignore[return-value]


def item_rest(values: Floats) -> Floats:
    """Return each item's correlation with the sum of the others, for respondents x items; NaN where one is constant."""
    centred = values - values.mean(axis=0)
    rest = centred.sum(axis=1, keepdims=True) - centred
    scale = np.sqrt((centred**2).sum(axis=0) * (rest**2).sum(axis=0))
    joint = (centred * rest).sum(axis=0)
    found: Floats = np.divide(joint, scale, out=np.full(values.shape[1], np.nan), where=scale > 1e-12)
    return found


def _warnings(values: Floats, names: list[str]) -> list[Warned]:
    found = []
    for name, column, r in zip(names, values.T, item_rest(values), strict=True):
        if np.ptp(column) == 0:
            found.append(Warned(name, "constant", f"{name}: everyone answered {column[0]:g}; it tells nobody apart"))
        elif r < 0:
            kind = "negative item-rest correlation"
            text = f"{name}: goes against the other items (correlation {r:.2f}); is it worded the other way round?"
            found.append(Warned(name, kind, text))
    return found


def reliability(survey: pd.DataFrame, instrument: Instrument | None = None, level: float = 0.95) -> pd.DataFrame:
    """Return alpha per area and direction over all respondents of a ``survey`` table.

    Columns: area, direction, alpha, low, high, items, respondents, left_out, reason, warnings (a tuple of texts). An
    area and direction with one item has no alpha, and its reason says so.

    >>> people = enumerate([(4, 5, 4), (3, 3, 2), (5, 5, 5), (2, 3, 3), (4, 4, 5), (1, 2, 1)])
    >>> rows = [(n, "AT32", "cluster", f"DS{item}", x) for n, given in people for item, x in enumerate(given, 1)]
    >>> survey = pd.DataFrame(rows, columns=["respondent_id", "region_id", "stakeholder", "item", "answer"])
    >>> reliability(survey)[["area", "alpha", "respondents"]].round(3).to_dict("records")[0]
    {'area': 'design', 'alpha': 0.956, 'respondents': 6}
    """
    given = answers_of(survey, instrument)
    rows: list[tuple[object, ...]] = []
    for (area, direction), codes in given.instrument.cells.items():
        if len(codes) < 2:
            rows.append((area, direction, np.nan, np.nan, np.nan, len(codes), None, None, "one item only", ()))
            continue
        found = cronbach_alpha(pd.DataFrame(given.items(codes), columns=list(codes)), level)
        texts = tuple(each.text for each in found.warnings)
        rows.append((area, direction, found.alpha, found.low, found.high, found.items, found.respondents,
                     found.left_out, found.reason, texts))  # fmt: skip
    columns = ["area", "direction", "alpha", "low", "high", "items", "respondents", "left_out", "reason", "warnings"]
    return pd.DataFrame(rows, columns=columns).astype({"respondents": "Int64", "left_out": "Int64"})


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return None if isinstance(value, float) and np.isnan(value) else value
