"""What was known at a date: a study cut there, and what began after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from synergy.errors import UsageError
from synergy.tables.fields import split_codes
from synergy.tables.study import Study


@dataclass(frozen=True)
class Cut:
    """The last day of what is known, inclusive.

    >>> Cut.of("2016").day, Cut.of("2016-06-30").day, Cut.of(2015).day
    ('2016-12-31', '2016-06-30', '2015-12-31')
    """

    day: str

    @classmethod
    def of(cls, text: str | int) -> Cut:
        """Read a year (known to its end) or a day as 2016-06-30; UsageError for anything else."""
        given = str(text).strip()
        try:
            whole = f"{given}-12-31" if len(given) == 4 else given
            return cls(date.fromisoformat(whole).isoformat())
        except ValueError:
            raise UsageError(
                f"the cut is {given!r}, expected a year such as 2015 or a day such as 2016-06-30"
            ) from None

    def known(self, rows: pd.DataFrame) -> np.ndarray:
        """Return per row 1 where it is known by the cut, 0 where it came after, NaN where its date does not tell.

        A row's ``start`` counts where it has one; a ``year`` is known when it has ended by the cut.

        >>> rows = pd.DataFrame({"year": [2015, 2016, 2016, None], "start": [None, "2016-02-01", None, None]})
        >>> Cut("2016-06-30").known(rows).tolist()
        [1.0, 1.0, nan, nan]
        """
        year = pd.to_numeric(rows["year"]).to_numpy(dtype=float, na_value=np.nan)
        cut_year = int(self.day[:4])
        by_year = np.where(year < cut_year, 1.0, np.where(year > cut_year, 0.0, np.nan))
        by_year = np.where((year == cut_year) & self.day.endswith("12-31"), 1.0, by_year)
        if "start" not in rows:
            return by_year
        start = rows["start"]
        given = start.notna().to_numpy()
        return np.where(given, (start.fillna("") <= self.day).to_numpy(dtype=float), by_year)


@dataclass(frozen=True, eq=False)
class Split:
    """A study as it was at a cut, the participations begun after it, and what the cut could not decide."""

    cut: Cut
    study: Study
    future: pd.DataFrame
    notes: tuple[str, ...]


def split(study: Study, cut: Cut, until: Cut | None = None) -> Split:
    """Cut a study: nothing that came after, or is derived from it, stays; the future ends with ``until``.

    Participations, priorities, clusters and activity later than the cut go. A firm with a ``year`` goes or stays by
    it; one without stays only if it takes part in a known project, and with the themes of those projects as its
    codes, because a list of firms is often made from projects that came later. Undated priorities, clusters and
    memberships stay, and the notes say how many. Answers of the survey go: none is dated, and people judge knowing
    what came. Row numbers stay those of the files.
    """
    parts = study["participations"]
    known = cut.known(parts)
    past, later = parts[known == 1], known == 0
    future = parts[later if until is None else later & (until.known(parts) == 1)]
    tables = dict(study.tables) | {"participations": past}
    notes = [f"{int(np.isnan(known).sum())} participations are left out: their date does not tell on which side"]
    for name in ("priorities", "clusters", "activity"):
        side = cut.known(study[name])
        undated = study[name]["year"].isna().to_numpy()
        tables[name] = study[name][(side == 1) | undated]
        notes.append(f"{int(undated.sum())} of {len(undated)} {name} are undated and taken as known")
    tables["firms"], dropped = _firms(study["firms"], past, cut)
    notes.append(f"{dropped} of {len(study['firms'])} firms are left out: nothing dates them by the cut")
    tables["survey"] = study["survey"].head(0)
    if study.settings.weights.learning > 0 and len(study["survey"]):
        notes.append(
            f"{len(study['survey'])} answers of the survey are left out, and learning with them: none is dated"
        )
    members = tables["memberships"]
    kept = members["cluster_id"].isin(tables["clusters"]["cluster_id"]) & members["firm_id"].isin(
        tables["firms"]["firm_id"]
    )
    tables["memberships"] = members[kept]
    return Split(cut, Study(study.settings, tables, path=study.path), future, tuple(n for n in notes if n[:2] != "0 "))


def _firms(firms: pd.DataFrame, past: pd.DataFrame, cut: Cut) -> tuple[pd.DataFrame, int]:
    """Return the firms that are known by the cut, and how many are not."""
    dated = firms["year"].notna().to_numpy() & (cut.known(firms) == 1)
    themes: dict[str, set[str]] = {}
    for firm, theme in past.loc[past["firm_id"].notna(), ["firm_id", "theme"]].itertuples(index=False):
        themes.setdefault(firm, set()).update(split_codes(theme))
    seen = firms["firm_id"].isin(themes).to_numpy()
    codes = [
        cell if own else (";".join(sorted(themes.get(firm, ()))) or None)
        for firm, cell, own in zip(firms["firm_id"], firms["codes"], dated, strict=True)
    ]
    chosen = firms.assign(codes=pd.array(codes, dtype=firms["codes"].dtype))[dated | seen]
    return chosen, len(firms) - len(chosen)


def middle(study: Study, cut: Cut) -> Cut | None:
    """Return an earlier cut with about half of what is known before it; None where dates are too coarse.

    The days (or ends of years) on which known projects began are candidates; the one whose share of known
    projects is nearest to a half is taken, if at least a tenth lies on either side.
    """
    parts = study["participations"]
    known = parts[cut.known(parts) == 1].drop_duplicates("project_id")
    ends = known["year"].astype("string") + "-12-31"
    days = known["start"].fillna(ends).dropna().sort_values()
    if days.empty:
        return None
    counts = days.value_counts().sort_index().cumsum() / len(days)
    inside = counts[(counts >= 0.1) & (counts <= 0.9)]
    return None if inside.empty else Cut(str((inside - 0.5).abs().idxmin()))
