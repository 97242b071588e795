"""The one plain summary of a run, that every rendering is made from."""

from __future__ import annotations

from typing import Any

import pandas as pd

from synergy.activities import Activities
from synergy.backtesting import Backtest
from synergy.diamonds import Diamonds
from synergy.diamonds.words import OWN
from synergy.foresight import FORESIGHT
from synergy.network import MEANING
from synergy.partners import Overview
from synergy.report.activities import brief_activities
from synergy.report.consortia import brief_consortia
from synergy.report.diamonds import best_apart
from synergy.report.pairs import TOP_PAIRS, caution, certainty
from synergy.report.text import counted
from synergy.scores import PairScores
from synergy.tables.located import Located
from synergy.tables.organisations import merges
from synergy.tables.study import Study
from synergy.topics import LAYERS, PARTS, Topics
from synergy_graphs import MultilayerGraph

TOP_UNTAPPED = 5
TOP_ORGANISATIONS = 8
EVIDENCE_SHOWN = 8

PART_WORDS = {
    "reach": "countries of the study among its members",
    "strategy": "members with a known strategy that declare it",
    "capacity": "members that lead or complement",
    "fit": "mean total of its cross-border pairs",
    "untapped": "its cross-border pairs without a joint project on it",
}
LIMITS = (
    "A topic is a candidate for people to discuss, not a finding of what will succeed.",
    FORESIGHT,
    "Unknown is not zero: a part that is not known is left out of a mean, and the mean says so.",
    "Cooperation counts only the projects in the tables; other programmes and years are not seen.",
    "Roles, corners and the score of a topic are our own definitions.",
    "Stability says how often a topic comes back when a share of the ties is left out, not whether it is useful.",
)


def summarise(
    study: Study,
    graph: MultilayerGraph,
    scores: PairScores,
    topics: Topics,
    diamonds: Diamonds,
    tested: Backtest | None = None,
    activities: Activities | None = None,
    consortia: Overview | None = None,
) -> dict[str, Any]:
    """Return the summary as plain values (dicts, lists, text, numbers, None): what was asked, the data and its
    gaps, the topics with evidence, the best diamonds, activities, consortia, pairs, method and limits."""  # fmt: skip
    located = study.located
    names = located.regions.set_index("region_id")["name"].to_dict()
    return {
        "title": study.title,
        "study": study.settings.name,
        "description": study.settings.description,
        "asked": f"Where should the {len(names)} regions of {study.title} innovate together, with whom, and why?",
        "data": _data(study, located, graph),
        "topics": [_topic(located, topics, names, row) for row in topics.frame.to_dict("records")],
        "refused": topics.refused.to_dict("records"),
        "diamonds": best_apart(study, diamonds),
        "n_diamonds": len(diamonds),
        "diamond_definition": OWN,
        "activities": None if activities is None else brief_activities(study, activities),
        "consortia": None if consortia is None else brief_consortia(consortia),
        "pairs": [_pair(names, row) for row in _plain(scores.frame.head(TOP_PAIRS))],
        "certainty": certainty(scores, _source(study, "survey")),
        "n_pairs": len(scores),
        "n_pairs_known": int(scores.frame["total"].notna().sum()),
        "method": _method(study, graph, topics),
        "foresight": FORESIGHT,
        "backtest": None if tested is None else tested.to_dict(),
        "limits": list(LIMITS),
    }


def _data(study: Study, located: Located, graph: MultilayerGraph) -> dict[str, Any]:
    activity = located.activity
    unknown = located.strategy_known[~located.strategy_known].index
    names = located.regions.set_index("region_id")["name"]
    without = [region for region in located.places.regions if region not in set(activity.index)]
    merged = merges(located.organisations)
    gaps = [
        _gap("no strategy is known", unknown, names),
        _gap("there are no activity data", without, names)
        if len(activity)
        else "No activity data: complementarity is unknown.",
        f"{int(activity.isna().to_numpy().sum())} of {activity.size} activity cells are suppressed or missing."
        if activity.size
        else "",
        _unplaced(located.unplaced),
    ]
    inherited = located.declared[located.declared["basis"] != "own"]
    return {
        "tables": [
            {"table": table, "rows": len(frame), "source": _source(study, table)}
            for table, frame in study.tables.items()
            if len(frame)
        ],
        "countries": located.regions.groupby("country")["region_id"].count().to_dict(),
        "nodes": {kind: graph.nodes.kinds.count(kind) for kind in sorted(set(graph.nodes.kinds))},
        "layers": [{"layer": layer.name, "ties": layer.n_edges, "meaning": MEANING[layer.name]} for layer in graph],
        "gaps": [gap for gap in gaps if gap],
        "moved": sorted(
            {f"{region}: {basis}" for region, basis in inherited[["region_id", "basis"]].itertuples(index=False)}
        ),
        "merged": merged[["name", "spellings", "region_id"]].to_dict("records"),
    }


def _gap(what: str, regions: Any, names: pd.Series) -> str:
    listed = [f"{names[region]} ({region})" for region in regions]
    return f"{counted(listed, 'region')}: {what}, so it stays unknown ({', '.join(listed)})." if listed else ""


def _unplaced(unplaced: pd.DataFrame) -> str:
    counts = unplaced.groupby("table")["id"].count()
    listed = ", ".join(counted(int(count), str(table).removesuffix("s")) for table, count in counts.items())
    return f"Known only by country or larger area, so counted in no region: {listed}." if listed else ""


def _source(study: Study, table: str) -> str:
    source = study.settings.sources.get(table)
    if source is None:
        return ""
    return f"{source.title} ({source.date})" if source.date else source.title


def _topic(located: Located, topics: Topics, names: dict[str, str], row: dict[str, Any]) -> dict[str, Any]:
    topic = row["topic_id"]
    members = topics.members[topics.members["topic_id"] == topic]
    evidence = topics.evidence[topics.evidence["topic_id"] == topic]
    untapped = topics.untapped[topics.untapped["topic_id"] == topic].head(TOP_UNTAPPED)
    parts = {part: _number(row[f"part_{part}"]) for part in PARTS}
    return {
        **{key: _value(row[key]) for key in ("topic_id", "name", "score", "score_low", "score_high", "stability")},
        "significant": bool(row["significant"]),
        **{key: _value(row[key]) for key in ("n_regions", "n_countries", "n_clusters", "n_firms", "n_projects")},
        "n_evidence": int(row["n_evidence"]),
        "untapped_pairs": _value(row["untapped_pairs"]),
        "basis": row["basis"],
        "declares_only": [names[region] for region in row["declares_only"].split(";") if region],
        "sure": sure_words(row["stability"]),
        "countries": row["countries"].split(";"),
        "fields": row["fields"].split(";"),
        "parts": parts,
        "members": _plain(members[["region_id", "name", "country", "role", "strategy", "specialisation", "clusters",
                                   "organisations", "projects", "strong", "known_corners"]]),
        "untapped": [
            {"region_a": a, "region_b": b, "a": names[a], "b": names[b], "total": _number(total)}
            for a, b, total in untapped[["region_a", "region_b", "total"]].itertuples(index=False)
        ] if len(untapped) else [],
        "clusters": _clusters(evidence),
        "organisations": _organisations(located, evidence),
        "evidence": _evidence(located, evidence),
    }  # fmt: skip


def _clusters(evidence: pd.DataFrame) -> list[dict[str, str]]:
    """Return every cluster of a topic's members with its region, by name."""
    rows = evidence[evidence["table"] == "clusters"].sort_values(["what", "region_id"], kind="stable")
    return [{"name": name, "region_id": region} for name, region in rows[["what", "region_id"]].itertuples(index=False)]


def _organisations(located: Located, evidence: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the organisations with most projects on a topic, ties by name; what they do is in evidence.csv."""
    rows = evidence.loc[evidence["table"] == "participations", "row"]
    parts = located.participations
    parts = parts[parts["row"].isin(rows) & parts["org_id"].notna()]
    counts = parts.groupby("org_id")["project_id"].nunique().rename("projects")
    known = located.organisations.set_index("org_id")[["name", "region_id"]].join(counts, how="inner")
    first = known.sort_values(["projects", "name"], ascending=[False, True], kind="stable").head(TOP_ORGANISATIONS)
    return _plain(first[["name", "region_id", "projects"]])


def _evidence(located: Located, evidence: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the first rows of each table, so that every kind of evidence is seen; the whole is in evidence.csv."""
    first = evidence.drop_duplicates(["table", "id"]).groupby("table", sort=True).head(EVIDENCE_SHOWN)
    first = first.sort_values(["table", "row"], kind="stable")
    return [
        {"place": f"{located.study.file_of(table)}:{row}", "table": table, "region_id": region, "what": what}
        for table, row, region, what in first[["table", "row", "region_id", "what"]].itertuples(index=False)
    ]


def sure_words(stability: float) -> str:
    """Return stability in words.

    >>> sure_words(0.9), sure_words(0.6), sure_words(0.2)
    ('firm', 'fair', 'loose')
    """
    return "firm" if stability >= 0.75 else "fair" if stability >= 0.5 else "loose"


def _pair(names: dict[str, str], row: dict[str, Any]) -> dict[str, Any]:
    ends = {"name_a": names[row["region_a"]], "name_b": names[row["region_b"]]}
    return {**row, **ends, "caution": caution(row["basis"], row["note"])}


def _method(study: Study, graph: MultilayerGraph, topics: Topics) -> dict[str, Any]:
    settings = study.settings
    return {
        "weights": settings.weights.as_dict(),
        "topic_layers": dict(LAYERS),
        "seed": settings.seed,
        "resolution": settings.topics.resolution,
        "runs": settings.topics.runs,
        "dropout": settings.topics.dropout,
        "min_regions": settings.topics.min_regions,
        "min_countries": settings.topics.min_countries,
        "communities": topics.partition.n_communities,
        "quality": round(float(topics.partition.quality), 6),
        "parts": PART_WORDS,
        "ties": graph.n_edges,
    }


def _plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{key: _value(value) for key, value in row.items()} for row in frame.to_dict("records")]


def _value(value: Any) -> Any:
    """Return a plain Python value; everything missing becomes None."""
    if value is None or value is pd.NA or (isinstance(value, float) and value != value):
        return None
    return value.item() if hasattr(value, "item") else value


def _number(value: Any) -> float | None:
    plain = _value(value)
    return None if plain is None else round(float(plain), 6)
