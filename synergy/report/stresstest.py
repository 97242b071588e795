"""A StressTest as plain values, region by region and over all, that its pages and texts are made from."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pandas as pd

from synergy.learning import StressTest
from synergy.learning.findings import lower_first
from synergy.learning.implications import ROLE
from synergy.report.practices import source_of
from synergy.report.values import plain_rows
from synergy.survey import ALL
from synergy.survey.intervals import SMALL
from synergy.survey.kinds import KINDS
from synergy.survey.opinions import STRONG, UNKNOWN, UNSURE, WEAK
from synergy.tables.study import Study

OWN = (
    "The five areas and two directions are those the StressTest of S3-4AlpClusters published; the items are Synergy's "
    "own, for the original questionnaire is not public."
)
RULES = (
    f"Intervals are at 95 %: exact below {SMALL} answers, BCa bootstrap from there on. Gaps are tested with Welch's "
    "test, or its form for partly the same people, and adjusted within a kind and a region (Benjamini and Hochberg, "
    "5 %); a difference that is neither sure nor surely below half a point is one that the answers cannot tell."
)
SHOWN_ROWS = 12


def page_name(region: str) -> str:
    """Return the file name of a region's page, without its ending; an id with other signs is written so that it fits.

    >>> page_name("AT31"), page_name("a/b")
    ('AT31', 'a%2Fb')
    """
    return quote(region, safe="")


def summarise_region(study: Study, stress: StressTest, region: str) -> dict[str, Any]:
    """Return one region's StressTest as dicts, lists, text, numbers and None; nobody's answer is in it."""
    frame = stress.opinions.areas[stress.opinions.areas["region_id"] == region]
    areas = [
        {**row, "label": row["title"], "compared": _known(stress.compared(region, row["area"]))}
        for row in plain_rows(frame)
    ]
    grounds = stress.grounds
    return {
        **_head(study, stress),
        # the frontrunner is compared with nobody
        **({"against": ""} if region == stress.frontrunner else {}),
        "region_id": region,
        "name": grounds.names[region],
        "country": grounds.countries[region],
        "seen_through": grounds.seen_through(region),
        "people": _people(stress, region),
        "findings": [{"kind": f.kind, "text": f.text, "figures": list(f.figures)} for f in stress.findings[region]],
        "areas": areas,
        "directions": _directions(stress, region),
        "stakeholders": _stakeholders(stress, region),
        "gaps": {kind: _gaps(stress, kind, region) for kind in KINDS},
        "data": plain_rows(stress.linked[stress.linked["region_id"] == region])[0],
        "data_rows": [
            {**row, "file": study.file_of(row["table"])}
            for row in plain_rows(stress.linked_rows[stress.linked_rows["region_id"] == region])
        ],
    }


def summarise_synthesis(study: Study, stress: StressTest) -> dict[str, Any]:
    """Return the synthesis over all regions as dicts, lists, text, numbers and None."""
    areas = stress.opinions.areas
    titles = {area: str(title) for area, title in stress.opinions.instrument.areas.items()}
    cells = {(row["region_id"], row["area"]): row for row in plain_rows(areas)}
    whole = {region: stress.opinions.scores.row(region) for region in stress.regions}
    linked = {row["region_id"]: row for row in plain_rows(stress.linked)}
    role = titles.get(ROLE, "")
    rows = [
        {
            "region_id": region,
            "href": quote(page_name(region)) + ".html",
            "name": stress.grounds.names[region],
            "country": stress.grounds.countries[region],
            "n": int(whole[region]["n"]) if whole[region]["status"] == "shown" else None,
            "mean": _known(whole[region]["mean"]),
            "low": _known(whole[region]["low"]),
            "high": _known(whole[region]["high"]),
            "areas": [cells[region, area] for area in titles],
            "weak": [cells[region, area]["title"] for area in titles if cells[region, area]["verdict"] == WEAK],
            "strong": [cells[region, area]["title"] for area in titles if cells[region, area]["verdict"] == STRONG],
            "opinion": cells[region, ROLE]["mean"] if ROLE in titles else None,
            "share": linked[region]["share_covered"],
            "data": linked[region],
        }
        for region in stress.regions
    ]
    return {
        **_head(study, stress),
        "areas": [{"area": area, "title": title} for area, title in titles.items()],
        "regions": rows,
        "role": role,
        "beside": _beside(rows, role),
        "recurring": _recurring(areas, titles),
        "counts": {kind: _counts(stress, kind) for kind in KINDS},
        "doubtful": dict(stress.doubtful),
        "reliability": [_reliable(stress, row) for row in plain_rows(stress.reliability)],
    }


def _head(study: Study, stress: StressTest) -> dict[str, Any]:
    scores = stress.opinions.scores
    return {
        "title": study.title,
        "study": study.settings.name,
        "seed": study.settings.seed,
        "source": source_of(study, "survey"),
        "instrument": {
            "title": str(stress.opinions.instrument.title),
            "note": str(stress.opinions.instrument.note),
            "file": stress.opinions.instrument.source,
        },
        "own": OWN,
        "rules": RULES,
        "respondents": scores.respondents,
        "n_regions": len(stress.regions),
        "frontrunner": stress.frontrunner,
        "against": stress.grounds.names[stress.frontrunner] if stress.frontrunner else "the mean of the other regions",
        "notes": [*scores.notes, *stress.gaps.notes],
        "min_n": scores.params["min_n"],
    }


def _people(stress: StressTest, region: str) -> dict[str, Any]:
    frame = stress.opinions.scores.frame
    rows = frame[(frame["region_id"] == region) & (frame["area"] == ALL) & (frame["direction"] == ALL)]
    count = {row["stakeholder"]: row for row in plain_rows(rows)}
    return {
        "n": count[ALL]["n"],
        "kinds": [
            {"key": key, "title": str(title), "status": count[key]["status"], "n": count[key]["n"]}
            for key, title in stress.opinions.instrument.stakeholders.items()
        ],
    }


def _directions(stress: StressTest, region: str) -> list[dict[str, Any]]:
    agreed = {(row["area"], row["direction"]): row for row in plain_rows(stress.agreement.frame)
              if row["region_id"] == region}  # fmt: skip
    found = []
    for direction, title in stress.opinions.instrument.directions.items():
        frame = stress.opinions.read(direction=direction)
        for row in plain_rows(frame[frame["region_id"] == region]):
            agree = agreed.get((row["area"], direction), {})
            words = {"direction": direction, "way": str(title), "label": f"{row['title']}\n{lower_first(title)}"}
            compared = _known(stress.compared(region, row["area"], direction))
            found.append({**row, **words, "compared": compared, "rwg": agree.get("rwg"), "agree": agree.get("agree")})
    order = list(stress.opinions.instrument.areas)
    return sorted(found, key=lambda row: order.index(row["area"]))


def _stakeholders(stress: StressTest, region: str) -> list[dict[str, Any]]:
    found = []
    for kind, title in stress.opinions.instrument.stakeholders.items():
        frame = stress.opinions.read(direction=ALL, stakeholder=kind)
        rows = plain_rows(frame[frame["region_id"] == region])
        found.append({"key": kind, "title": str(title), "areas": rows})
    return found


def _gaps(stress: StressTest, kind: str, region: str) -> dict[str, Any]:
    frame = stress.gaps.of(kind, region)
    sure = frame[frame["verdict"] == "gap"]
    sure = sure.assign(size=-sure["difference"].abs()).sort_values(["size", "area", "direction"], kind="stable")
    rows = plain_rows(sure.drop(columns="size").head(SHOWN_ROWS))
    return {"rows": [_worded(stress, row) for row in rows], **_counted(frame)}


def _reliable(stress: StressTest, row: dict[str, Any]) -> dict[str, Any]:
    """Return how far the items of an area and direction hang together, and how far the regions differ in it."""
    made, frame = stress.opinions.instrument, stress.agreement.icc
    chosen = frame[(frame["area"] == row["area"]) & (frame["direction"] == row["direction"])]
    words = {"title": str(made.areas[row["area"]]), "way": str(made.directions[row["direction"]])}
    return {**row, **words, "warnings": list(row["warnings"]), "icc": plain_rows(chosen)[0]}


def _counts(stress: StressTest, kind: str) -> dict[str, int]:
    return _counted(stress.gaps.of(kind)[stress.gaps.of(kind)["region_id"] != ALL])


def _counted(frame: pd.DataFrame) -> dict[str, int]:
    said = frame["verdict"]
    return {
        "sure": int((said == "gap").sum()),
        "small": int((said == "no gap that matters").sum()),
        "unknown": int((said == "cannot tell").sum()),
    }


def _worded(stress: StressTest, row: dict[str, Any]) -> dict[str, Any]:
    """Return a gap with its sides and its place in words."""
    made = stress.opinions.instrument
    area = "In all" if row["area"] == ALL else str(made.areas[row["area"]])
    way = "" if row["direction"] == ALL else str(made.directions[row["direction"]])
    names: dict[str, object] = {
        **made.stakeholders,
        **made.directions,
        **stress.grounds.names,
        "mean": "others' mean",
        "performance": "how far it is true",
    }
    sides = {side: str(names.get(row[side], row[side])) for side in ("a", "b")}
    item = str(made.items[row["item"]].text) if row["item"] else ""
    return {**row, "where": area, "way": way, "name_a": sides["a"], "name_b": sides["b"], "text": item}


def _recurring(areas: pd.DataFrame, titles: dict[str, str]) -> list[dict[str, Any]]:
    words = {word: word.replace(" ", "_") for word in (WEAK, UNSURE, STRONG, UNKNOWN)}
    rows = []
    for area, title in titles.items():
        said = areas.loc[areas["area"] == area, "verdict"].value_counts()
        rows.append({"area": area, "title": title, **{key: int(said.get(word, 0)) for word, key in words.items()}})
    return sorted(rows, key=lambda row: (-row["weak"], row["title"]))


def _beside(rows: list[dict[str, Any]], role: str) -> dict[str, Any]:
    """Return how far opinion and data go together over the regions: Kendall's tau-b with its p, where four can tell."""
    from scipy.stats import kendalltau

    known = [row for row in rows if row["opinion"] is not None and row["share"] is not None]
    tau = p = None
    if len(known) > 3 and len({row["share"] for row in known}) > 1:
        found = kendalltau([row["opinion"] for row in known], [row["share"] for row in known])
        tau, p = round(float(found.statistic), 6), round(float(found.pvalue), 6)
    return {"n": len(known), "tau": tau, "p": p, "role": role}


def _known(value: float) -> float | None:
    return None if pd.isna(value) else round(float(value), 6)
