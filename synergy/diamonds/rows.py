"""One set of regions as rows: what is said of it, its corners and its signs."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pandas as pd

from synergy.diamonds.area import Area
from synergy.diamonds.corners import CORNERS, Standing
from synergy.diamonds.kinds import KINDS, PARTS, brings
from synergy.diamonds.measures import LISTED
from synergy.diamonds.search import Judged
from synergy.diamonds.words import FEW_ROWS, little, reasons, strategy_word
from synergy.scores import mid_rank

TOGETHER = "together"
DEFINITION = "own, not tested"


def summary_row(
    area: Area, standing: Standing, judged: Judged, corners: pd.DataFrame, behind: pd.DataFrame
) -> dict[str, Any]:
    """Return what is said of a set, but for its funding."""
    reach = judged.reaches.first
    own, shared = brings(reach)
    regions = [area.ids[i] for i in judged.sets[0]]
    names = area.located.regions.set_index("region_id")["name"].to_dict()
    known = int((~np.isnan(reach.alone)).all(axis=0).sum())
    told, signs, rows = corners.loc[corners["region_id"] != TOGETHER, ["signs_known", "signs", "rows"]].sum()
    parts = {f"part_{part}": _rounded(value) for part, value in zip(PARTS, judged.parts[0], strict=True)}
    return {
        "field": standing.field.field_id,
        "name": standing.field.name,
        "regions": ";".join(regions),
        "countries": ";".join(sorted({str(area.country[i]) for i in judged.sets[0]})),
        "kind": KINDS[judged.kind[0]],
        "score": _rounded(judged.score[0]),
        "score_low": _rounded(judged.low[0]),
        "score_high": _rounded(judged.high[0]),
        "robust": _rounded(judged.robust[0]),
        "expected": _rounded(judged.expected[0]),
        **parts,
        "strategy": strategy_word(reach.alone[:, 0]),
        "brings": "; ".join(
            f"{region}: {', '.join(np.array(CORNERS)[row])}"
            for region, row in zip(regions, own, strict=True)
            if row.any()
        ),
        "pooled": ";".join(np.array(CORNERS)[shared.sum(axis=0) >= 2]),
        "idle": ";".join(region for r, region in enumerate(regions) if not (own | shared)[r].any()),
        "known_corners": known,
        "rests_on": f"{known} of {len(CORNERS)} corners, {told} of {signs} signs, {rows} rows",
        "little": little(known, _thin(area, standing, judged, behind)),
        "why": " ".join(reasons(reach, regions, names)),
        "definition": DEFINITION,
    }


def _thin(area: Area, standing: Standing, judged: Judged, behind: pd.DataFrame) -> list[tuple[str, str, int]]:
    """Return (regions, corner, rows) of what is brought or pooled on few listed rows and no statistic over the line."""
    own, shared = brings(judged.reaches.first)
    sets = judged.sets
    counted = behind[behind["sign"].isin(LISTED)].drop_duplicates(["corner", "table", "row"])
    brought = [(sets[:, [r]], c) for r, c in np.argwhere(own)]
    pooled = [(sets[:, shared[:, c]], c) for c in np.flatnonzero(shared.any(axis=0))]
    found = []
    for members, c in brought + pooled:
        regions, corner = [area.ids[i] for i in members[0]], CORNERS[c]
        rows = int((counted["region_id"].isin(regions) & (counted["corner"] == corner)).sum())
        statistics = [sign for sign in standing.signs if sign.corner == corner and sign.name not in LISTED]
        if rows < FEW_ROWS and not any(sign.reach(members)[0] >= 1 for sign in statistics):
            found.append((" and ".join(regions), corner, rows))
    return found


def corner_rows(area: Area, standing: Standing, judged: Judged, behind: pd.DataFrame) -> pd.DataFrame:
    """Return a row per region and corner, then one for all together."""
    at = judged.sets[0]
    ranks = np.column_stack([mid_rank(pd.Series(column)) for column in standing.alone.T])
    told, signs = standing.told(at)
    lines = set(zip(*(behind[each].tolist() for each in ("region_id", "corner", "table", "row")), strict=True))
    counts = Counter((region, corner) for region, corner, _, _ in lines)
    rows = [
        (
            area.ids[i],
            corner,
            standing.alone[i, c],
            ranks[i, c],
            told[k, c],
            signs[c],
            counts[area.ids[i], corner],
        )
        for k, i in enumerate(at)
        for c, corner in enumerate(CORNERS)
    ]
    together = judged.reaches.first.joint
    every = Counter(corner for corner, _, _ in {line[1:] for line in lines})
    rows += [
        (TOGETHER, corner, together[c], np.nan, told[:, c].min(), signs[c], every[corner])
        for c, corner in enumerate(CORNERS)
    ]
    frame = pd.DataFrame(rows, columns=["region_id", "corner", "reach", "percentile", "signs_known", "signs", "rows"])
    frame["state"] = np.where(frame["reach"].isna(), "unknown", np.where(frame["reach"] >= 1, "strong", "weak"))
    return frame.round({"reach": 6, "percentile": 6})


def sign_rows(area: Area, standing: Standing, judged: Judged) -> pd.DataFrame:
    """Return a row per region and sign, then one for all together."""
    at = judged.sets[0]
    found = []
    for sets, names in ((at[:, None], [area.ids[i] for i in at]), (at[None, :], [TOGETHER])):
        for sign in standing.signs:
            value, reach = sign.amount(sets), sign.reach(sets)
            quotient = np.fmax.reduce(sign.quotient[sets], axis=1)
            bar = sign.bar if np.isfinite(sign.bar) else np.nan
            found += [
                (name, sign.corner, sign.name, value[k], sign.unit, quotient[k], bar, reach[k], sign.weight)
                for k, name in enumerate(names)
            ]
    frame = pd.DataFrame(
        found, columns=["region_id", "corner", "sign", "value", "unit", "quotient", "bar", "reach", "weight"]
    )
    place = {name: k for k, name in enumerate([*(area.ids[i] for i in at), TOGETHER])}
    order = frame.assign(at=frame["region_id"].map(place)).sort_values("at", kind="stable").drop(columns="at")
    return order.round({"value": 6, "quotient": 6, "bar": 6, "reach": 6})


def _rounded(value: float) -> float:
    return round(float(value), 6)
