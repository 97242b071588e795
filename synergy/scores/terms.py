"""A pair's score taken apart: the terms it is made of and the input rows they come from."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from synergy.economy import presence, proximity
from synergy.economy.complementarity import added_density
from synergy.scores.lists import Lists
from synergy.scores.result import PairScores
from synergy.scores.told import Told
from synergy.survey.opinions import NO_QUOTES
from synergy.tables.located import Located
from synergy.tables.study import LEARNING

Term = tuple[str, str, float, str]
Row = tuple[str, int, str, str]
GAINS_SHOWN = 8


def pair_terms(located: Located, scores: PairScores, a: str, b: str) -> tuple[str, list[Term], list[Row]]:
    """Return what a pair comes to in one line, its terms (part, term, value, detail) and its input rows.

    The terms of ``similarity`` are the shared fields' shares ``w_f^2 / (|a| |b|)`` and add up to it; those of a
    complementarity are the ``GAINS_SHOWN`` largest of the gains whose mean it is; those of ``learning``, where it takes
    part, one for each area, add up to it. Rows: table, row, region, text.
    """
    frame = scores.frame
    row = frame[(frame["region_a"] == a) & (frame["region_b"] == b)].iloc[0]
    weights: Any = scores.params["weights"]
    terms: list[Term] = [
        ("total", part, row[f"part_{part}"], f"share of pairs below it; weight {weight:g}")
        for part, weight in weights.items()
    ]
    terms += _range_terms(row) + _field_terms(located, a, b) + _chance_terms(row)
    rows = _pair_rows(located, a, b)
    for r, s in ((a, b), (b, a)):
        gains, behind = _gains(located, r, s)
        terms += gains
        rows += behind
    said = [_in_short(row, int(frame["total"].notna().sum()))]
    if LEARNING in weights:
        terms += _learning_terms(Told.of(located), a, b)
        source = located.study.settings.sources.get("survey")
        said += [f"learning is by the survey{f' ({source.title})' if source else ''}: {NO_QUOTES}"]
    return "; ".join(said), terms, list(dict.fromkeys(rows))


def _in_short(row: pd.Series, ranked: int) -> str:
    said = "total unknown"
    if not pd.isna(row["total"]):
        said = (
            f"total {row['total']:.3f} ({row['total_low']:.3f} to {row['total_high']:.3f}), "
            f"rank {row['rank']} of {ranked} ({row['rank_low']} to {row['rank_high']})"
        )
    return "; ".join(filter(None, (said, row["basis"], row["note"])))


def _range_terms(row: pd.Series) -> list[Term]:
    drawn = "percentile when input rows and weights are drawn anew together"
    return [
        ("range", name.replace("_", " "), row[name], f"{'5th' if name.endswith('low') else '95th'} {drawn}")
        for name in ("total_low", "total_high", "rank_low", "rank_high")
    ]


def _chance_terms(row: pd.Series) -> list[Term]:
    words = {
        "similarity_expected": "what lists of that length share, as popular as their fields are in the two countries",
        "similarity_excess": "similarity less that; what part_similarity ranks",
        "similarity_p": "how probable so much overlap is under that chance",
        "similarity_q": "the same, corrected for the number of pairs tested",
    }
    return [("chance", name.removeprefix("similarity_"), row[name], detail) for name, detail in words.items()]


def _field_terms(located: Located, a: str, b: str) -> list[Term]:
    lists = Lists.of(located)
    if not {a, b} <= set(lists.profiles.index):
        return [("similarity", "unknown", np.nan, "no strategy is known for one of the two")]
    length = float(pd.Series(lists.norms, lists.profiles.index)[[a, b]].prod())
    both = [field for field, held in lists.profiles.loc[[a, b]].all().items() if held]
    share = {field: float(lists.rarity[field] ** 2) / length if length else np.nan for field in both}
    return [
        ("similarity", located.fields.name(field), share[field],
         f"both name {field}; rarity weight {lists.rarity[field]:.3f}")
        for field in sorted(both, key=lambda field: (-share[field], field))
    ]  # fmt: skip


def _gains(located: Located, r: str, s: str, most: int = GAINS_SHOWN) -> tuple[list[Term], list[Row]]:
    """Return the activities r lacks that s brings nearest, by added density, and the rows that say so.

    The rows are r's of the activity it lacks, and s's of the activity through which most of the density comes.
    """
    part = f"complementarity of {r} from {s}"
    if not {r, s} <= set(located.activity.index):
        return [(part, "unknown", np.nan, "no activity data for one of the two")], []
    M = presence(located.activity, missing="available")
    phi = proximity(M, binary=True, missing="available").to_numpy(copy=True)
    np.fill_diagonal(phi, 0.0)
    present, known = M.fillna(0.0).loc[[r, s]].to_numpy(), M.notna().loc[[r, s]].to_numpy(dtype=float)
    absent = np.flatnonzero((present[0] == 0) & (known[0] == 1))
    gain = added_density(phi[absent], present[0], known[0], present[1:], known[1:])[:, 0]
    order = sorted(np.flatnonzero(~np.isnan(gain)).tolist(), key=lambda k: (-gain[k], absent[k]))[:most]
    terms: list[Term] = []
    cited: list[tuple[str, str]] = []
    for k in order:
        code = str(M.columns[absent[k]])
        brings = np.nan_to_num(phi[absent[k]]) * (1 - present[0]) * known[0] * present[1]
        through = str(M.columns[int(brings.argmax())])
        most_of_it = f", most through {located.fields.name(through)} ({through})" if gain[k] > 0 else ""
        detail = f"{code} is not strong in {r}; {s} adds this much related density{most_of_it}"
        terms.append((part, located.fields.name(code), float(gain[k]), detail))
        cited += [(r, code)] + [(s, through)] * bool(most_of_it)
    return terms, [line for region, code in dict.fromkeys(cited) for line in _activity_rows(located, region, code)]


def _activity_rows(located: Located, region: str, code: str) -> list[Row]:
    rows = located.activity_rows
    chosen = rows[(rows["home"] == region) & (rows["code"] == code)]
    return [("activity", int(line["row"]), line["region_id"], amount(located, line)) for line in _records(chosen)]


def amount(located: Located, line: dict[str, Any]) -> str:
    """Return a row of the activity table as text."""
    value = "unknown" if pd.isna(line["value"]) else f"{line['value']:g}"
    return f"{located.fields.name(line['code'])} ({line['code']}): {value} {line['unit']}"


def _learning_terms(told: Told, a: str, b: str) -> list[Term]:
    """Return what each area adds to the learning of a pair, with both regions' figures; no answer is cited."""
    first, second = (np.array([list(told.speakers).index(region)]) for region in (a, b))
    of_a, of_b = told.lessons(first, second)[0], told.lessons(second, first)[0]
    areas = int((~np.isnan(of_a)).sum())
    speaking, silent = told.speakers[a], [region for region in (a, b) if not told.speakers[region]]
    if silent or speaking == told.speakers[b]:
        why = f"nobody was asked in {' and '.join(silent)}" if silent else f"{', '.join(speaking)} speaks for both"
        return [(LEARNING, "unknown", np.nan, why)]
    terms: list[Term] = []
    for k, title in enumerate(told.titles.values()):
        found = f"{a} can learn from {b}" if of_a[k] > 0 else f"{b} can learn from {a}" if of_b[k] > 0 else "no lesson"
        said = f"{told.figures(a, k)}; {told.figures(b, k)}: {'unknown' if np.isnan(of_a[k]) else found}"
        terms.append((LEARNING, title, float(of_a[k] + of_b[k]) / max(areas, 1), said))
    return terms


def _pair_rows(located: Located, a: str, b: str) -> list[Row]:
    rows: list[Row] = []
    titles = located.study["priorities"]["title"]
    for line in _records(located.declared[located.declared["region_id"].isin([a, b])]):
        moved = "" if line["basis"] == "own" else f" ({line['basis']})"
        rows.append(("priorities", int(line["row"]), line["region_id"], f"{titles[line['row']]}{moved}"))
    parts = located.participations
    by = {region: set(parts.loc[parts["region_id"] == region, "project_id"]) for region in (a, b)}
    for line in _records(parts[parts["region_id"].isin([a, b]) & parts["project_id"].isin(by[a] & by[b])]):
        who = line["organisation"] if isinstance(line["organisation"], str) else line["org_id"]
        rows.append(("participations", int(line["row"]), line["region_id"], f"{line['project_id']}: {who}"))
    return rows


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in line.items()} for line in frame.to_dict("records")]
