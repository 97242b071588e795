"""Diamonds as plain values, that their page, their text and the report's section are made from."""

from __future__ import annotations

from typing import Any

import pandas as pd

from synergy.diamonds import CORNERS, TOGETHER, Diamonds
from synergy.diamonds.kinds import PARTS
from synergy.diamonds.words import MEANING, OWN
from synergy.report.text import counted
from synergy.tables.study import Study

IN_REPORT = 3
ROWS_SHOWN = 3
CORNER_WORDS = {
    "strategy": "does the region's strategy name the field",
    "industry": "what is employed in the field's activities (counted double), its cluster organisations and firms",
    "knowledge": "universities and research organisations on the field, their projects, density of related activities",
    "opportunity": "market pull as far as tables can say: growth of the field, what there is of it within 250 km,"
    " and the strategies there that name it",
}
PART_WORDS = {
    "coverage": "how much of the four corners the regions reach together",
    "gain": "what the best of them lacks alone, out of the most they could add",
    "balance": "whether all of them are needed alike",
    "alignment": "how many of the strategies that are known name the field",
}
LIMITS = (
    "A diamond is a candidate for people to discuss, not a finding of what will succeed.",
    "Weak means that the tables hold little, not that there is little: lists of clusters and of projects are short.",
    "Opportunity is read from what is around; sales, exports and demand are in no table of a study.",
    "The line is the study's own: critical mass is what the top quarter of its regions that hold any begins with.",
    "Unknown is not zero: a corner with less than half of its signs' weight known is unknown, and counts neither as"
    " brought nor as lacking.",
)


def summarise_diamonds(study: Study, diamonds: Diamonds) -> dict[str, Any]:
    """Return diamonds as dicts, lists, text, numbers and None."""
    return {
        "title": study.title,
        "study": study.settings.name,
        "definition": OWN,
        "kinds": MEANING,
        "corner_words": CORNER_WORDS,
        "part_words": PART_WORDS,
        "diamonds": _each(study, diamonds, diamonds.frame),
        "searched": _searched(diamonds.searched),
        "limits": list(LIMITS),
    }


def best_apart(study: Study, diamonds: Diamonds) -> list[dict[str, Any]]:
    """Return the best diamond of each field, the first IN_REPORT of them, as ``summarise_diamonds`` does."""
    return _each(study, diamonds, diamonds.frame.drop_duplicates("field").head(IN_REPORT))


def _each(study: Study, diamonds: Diamonds, chosen: pd.DataFrame) -> list[dict[str, Any]]:
    regions = study["regions"].set_index("region_id")
    names, countries = regions["name"].to_dict(), regions["country"].to_dict()
    return [_one(diamonds, names, countries, row) for row in chosen.to_dict("records")]


def _one(diamonds: Diamonds, names: dict[str, str], countries: dict[str, str], row: dict[str, Any]) -> dict[str, Any]:
    one = row["diamond_id"]
    ids = row["regions"].split(";")
    corners, signs, evidence, funding = (
        frame[frame["diamond_id"] == one]
        for frame in (diamonds.corners, diamonds.signs, diamonds.evidence, diamonds.funding)
    )
    kept = ("diamond_id", "field", "name", "kind", "score", "score_low", "score_high", "robust", "expected", "strategy")
    return {
        **{key: _value(row[key]) for key in kept},
        "meaning": MEANING[row["kind"]],
        "parts": {part: _value(row[f"part_{part}"]) for part in PARTS},
        **{key: row[key] for key in ("known_corners", "rests_on", "little", "why")},
        "regions": [{"region_id": region, "name": names[region], "country": countries[region]} for region in ids],
        "corners": _corners(corners, ids),
        "signs": _signs(signs, ids),
        "funding": _funding(row, funding),
        "evidence": _evidence(evidence),
        "n_evidence": len(evidence.drop_duplicates(["table", "row"])),
    }


def _corners(frame: pd.DataFrame, ids: list[str]) -> list[dict[str, Any]]:
    """Return the corners in their order, each with its regions and what they reach together."""
    by = {(row["region_id"], row["corner"]): row for row in _plain(frame)}
    kept = ("region_id", "reach", "state", "percentile", "signs_known", "signs", "rows")
    return [
        {
            "corner": corner,
            "regions": [{key: by[region, corner][key] for key in kept} for region in ids],
            "together": {key: by[TOGETHER, corner][key] for key in kept},
        }
        for corner in CORNERS
    ]


def _signs(frame: pd.DataFrame, ids: list[str]) -> list[dict[str, Any]]:
    """Return the signs in their order, each with its regions and what they have together."""
    by = {(row["region_id"], row["corner"], row["sign"]): row for row in _plain(frame)}
    first = [row for row in by.values() if row["region_id"] == ids[0]]
    kept = ("region_id", "value", "quotient", "reach")
    return [
        {
            **{key: row[key] for key in ("corner", "sign", "unit", "bar", "weight")},
            "regions": [{key: by[region, row["corner"], row["sign"]][key] for key in kept} for region in ids],
            "together": {key: by[TOGETHER, row["corner"], row["sign"]][key] for key in kept},
        }
        for row in first
    ]


def _funding(row: dict[str, Any], funding: pd.DataFrame) -> dict[str, Any] | None:
    joint = _value(row["joint_projects"])
    return (
        None if joint is None else {"joint_projects": joint, "programmes": _plain(funding.drop(columns="diamond_id"))}
    )


def _evidence(evidence: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the first rows of each region and sign, so that every kind of evidence is seen."""
    first = evidence.groupby(["region_id", "corner", "sign"], sort=False).head(ROWS_SHOWN)
    columns = first[["region_id", "corner", "sign", "table", "row", "what"]].itertuples(index=False)
    return [
        {"region_id": region, "corner": corner, "sign": sign, "place": f"{table}.csv:{row}", "what": what}
        for region, corner, sign, table, row, what in columns
    ]


def _searched(searched: pd.DataFrame) -> list[str]:
    """Say per field what was looked at and what was not."""
    found = []
    for (field, name), steps in searched.groupby(["field", "name"], sort=False):
        total = counted(int(steps["diamonds"].sum()), "diamond")
        found.append(f"{field} {name}: {', '.join(_sizes(steps))}; {total}")
    return found


def _sizes(steps: pd.DataFrame) -> list[str]:
    told = []
    for step in steps.to_dict("records"):
        dark = step["looked_at"] - step["known"]
        words = f"{step['looked_at']:,} of {step['possible']:,} sets of {step['size']}"
        told.append(f"{words} ({dark:,} with too little known)" if dark else words)
    return told


def _plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{key: _value(value) for key, value in row.items()} for row in frame.to_dict("records")]


def _value(value: Any) -> Any:
    """Return a plain Python value; everything missing becomes None."""
    if value is None or value is pd.NA or (isinstance(value, float) and value != value):
        return None
    return value.item() if hasattr(value, "item") else value
