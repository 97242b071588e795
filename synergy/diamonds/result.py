"""Diamonds as a result: one row each, with corners, signs, evidence and funding beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from synergy.diamonds.area import Area
from synergy.diamonds.corners import Standing
from synergy.diamonds.evidence import COLUMNS as EVIDENCE_COLUMNS
from synergy.diamonds.evidence import Evidence
from synergy.diamonds.funding import COLUMNS as FUNDING_COLUMNS
from synergy.diamonds.funding import funding_of
from synergy.diamonds.kinds import PARTS
from synergy.diamonds.rows import corner_rows, sign_rows, summary_row
from synergy.diamonds.search import Judged, Searched

DIAMOND_COLUMNS = (
    "diamond_id", "field", "name", "regions", "countries", "kind", "score", "score_low", "score_high", "robust",
    "expected", *(f"part_{part}" for part in PARTS), "strategy", "brings", "pooled", "idle", "known_corners",
    "rests_on", "little", "joint_projects", "programmes", "why", "definition",
)  # fmt: skip
CORNER_COLUMNS = ("diamond_id", "region_id", "corner", "reach", "state", "percentile", "signs_known", "signs", "rows")
SIGN_COLUMNS = ("diamond_id", "region_id", "corner", "sign", "value", "unit", "quotient", "bar", "reach", "weight")
SEARCHED_COLUMNS = ("field", "name", "members", "size", "possible", "looked_at", "known", "diamonds")


@dataclass(frozen=True, repr=False, eq=False)
class Diamonds:
    """Synergy diamonds, best first; our own definition (``find_diamonds`` says it).

    ``frame`` has one row per diamond. ``corners`` holds, per diamond, region and corner, how far it reaches (1 is the
    line), strong, weak or unknown, its share of regions that reach less, and what it rests on; the region 'together'
    is all of them as one. ``signs`` are the measures the corners are means of, ``evidence`` the input rows behind
    them, ``funding`` the programmes at work among the regions on the field, ``searched`` what was looked at.
    """

    frame: pd.DataFrame
    corners: pd.DataFrame
    signs: pd.DataFrame
    evidence: pd.DataFrame
    funding: pd.DataFrame
    searched: pd.DataFrame
    params: Mapping[str, object]

    def to_frame(self) -> pd.DataFrame:
        """Return a copy of the diamonds, one row each."""
        return self.frame.copy()

    def __len__(self) -> int:
        return len(self.frame)

    def __repr__(self) -> str:
        first = "; ".join(f"{row.name}: {row.regions}" for row in self.frame.head(2).itertuples(index=False))
        return f"Diamonds({len(self)}: {first}{' …' if len(self) > 2 else ''})"


def diamonds_of(
    area: Area,
    found: list[tuple[Standing, Judged]],
    searched: list[tuple[Standing, int, Searched]],
    params: Mapping[str, object],
) -> Diamonds:
    """Put sets in one result; ``found`` is in its order already."""
    behind = _behind(area, found)
    rows: list[dict[str, Any]] = []
    tables: dict[str, list[pd.DataFrame]] = {"corners": [], "signs": [], "evidence": [], "funding": []}
    for number, (standing, judged) in enumerate(found, start=1):
        regions = [area.ids[i] for i in judged.sets[0]]
        evidence = behind[standing.field.field_id]
        own, joint, funded = evidence.of(regions), evidence.together(regions), funding_of(evidence, regions)
        one = {
            "corners": corner_rows(area, standing, judged, own),
            "signs": sign_rows(area, standing, judged),
            "evidence": pd.concat([own, joint], ignore_index=True),
            "funding": pd.DataFrame(columns=list(FUNDING_COLUMNS)) if funded is None else funded,
        }
        key = f"D{number:02d}"
        said = summary_row(area, standing, judged, one["corners"], own)
        rows.append({"diamond_id": key, **said, **_funding(funded, joint)})
        for name, frame in one.items():
            tables[name].append(frame.assign(diamond_id=key))
    told = [
        (standing.field.field_id, standing.field.name, members, *vars(step).values())
        for standing, members, step in searched
    ]
    return Diamonds(
        frame=pd.DataFrame(rows, columns=list(DIAMOND_COLUMNS)).astype({"joint_projects": "Int64"}),
        corners=_stacked(tables["corners"], CORNER_COLUMNS),
        signs=_stacked(tables["signs"], SIGN_COLUMNS),
        evidence=_stacked(tables["evidence"], ("diamond_id", *EVIDENCE_COLUMNS)),
        funding=_stacked(tables["funding"], ("diamond_id", *FUNDING_COLUMNS)),
        searched=pd.DataFrame(told, columns=list(SEARCHED_COLUMNS)),
        params=params,
    )


def _behind(area: Area, found: list[tuple[Standing, Judged]]) -> dict[str, Evidence]:
    """Return the evidence of each field over all regions that occur in it."""
    fields = {standing.field.field_id: standing.field for standing, _ in found}
    regions: dict[str, set[str]] = {key: set() for key in fields}
    for standing, judged in found:
        regions[standing.field.field_id].update(area.ids[i] for i in judged.sets[0])
    return {key: Evidence(area, field, tuple(sorted(regions[key]))) for key, field in fields.items()}


def _funding(funded: pd.DataFrame | None, joint: pd.DataFrame) -> dict[str, Any]:
    if funded is None:
        return {"joint_projects": pd.NA, "programmes": pd.NA}
    return {"joint_projects": joint["id"].nunique(), "programmes": "; ".join(funded["programme"])}


def _stacked(frames: list[pd.DataFrame], columns: tuple[str, ...]) -> pd.DataFrame:
    kept = [frame for frame in frames if len(frame)]
    return pd.concat(kept, ignore_index=True)[list(columns)] if kept else pd.DataFrame(columns=list(columns))
