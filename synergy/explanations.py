"""Any pair, topic or membership -> the terms and the input rows that made it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from synergy.economy import presence, proximity
from synergy.economy.complementarity import added_density
from synergy.economy.profiles import idf
from synergy.errors import UnknownName, UsageError
from synergy.foresight import FORESIGHT
from synergy.network import field_profiles, strategies
from synergy.scores import PairScores
from synergy.tables.located import Located
from synergy.tables.study import PARTS, Study
from synergy.topics import Topics

TERM_COLUMNS = ("part", "term", "value", "detail")
ROW_COLUMNS = ("file", "row", "region_id", "what")


@dataclass(frozen=True, repr=False, eq=False)
class Explanation:
    """What made a result: ``terms`` (part, term, value, detail) and ``rows`` (file, row, region_id, what)."""

    subject: str
    summary: str
    terms: pd.DataFrame
    rows: pd.DataFrame

    def to_frame(self) -> pd.DataFrame:
        """Return the terms."""
        return self.terms.copy()

    def to_dict(self) -> dict[str, Any]:
        """Return plain values, as ``synergy explain --json`` prints them; an unknown value is None."""
        terms = self.terms.astype(object).where(self.terms.notna(), None)
        return {
            "subject": self.subject,
            "summary": self.summary,
            "terms": terms.to_dict("records"),
            "rows": self.rows.to_dict("records"),
            "foresight": FORESIGHT,
        }

    def __repr__(self) -> str:
        return f"Explanation({self.subject}: {len(self.terms)} terms, {len(self.rows)} rows)"


def explain(study: Study, subject: str, *, scores: PairScores, topics: Topics) -> Explanation:
    """Explain a pair ('AT31-ITC4' or 'AT31 ITC4'), a topic ('T01') or a membership ('T01:AT31').

    Raises UnknownName, with the nearest name, when there is no such region or topic; UsageError for a region
    paired with itself, and for a text that names two pairs because ids hold a hyphen.

    >>> from synergy.tables.read import load
    >>> from synergy.scores import score_pairs
    >>> from synergy.topics import find_topics
    >>> study = load("data/baltic")
    >>> scores = score_pairs(study)
    >>> found = explain(study, "DK01-SE22", scores=scores, topics=find_topics(study, scores=scores))
    >>> found.subject, found.summary.partition(":")[0]
    ('DK01-SE22', 'Hovedstaden (DK01) and Sydsverige (SE22)')
    """
    located = Located(study)
    text = subject.strip()
    ids = set(located.places.regions)
    known_topics = set(topics.frame["topic_id"])
    head, colon, tail = text.partition(":")
    if colon and head not in ids:
        _known("topic", head, known_topics)
        return _membership(located, topics, head, _known("region", tail.strip(), ids))
    if text in known_topics:
        return _topic(located, topics, text)
    pair = _split_pair(text, ids)
    if pair is None:
        raise UnknownName("pair, topic or membership", text, known_topics | ids)
    a, b = sorted(_known("region", side, ids) for side in pair)
    if a == b:
        raise UsageError(f"{a} is paired with itself, expected two regions")
    return _pair(located, scores, a, b)


def _known(what: str, name: str, known: set[str]) -> str:
    if name not in known:
        raise UnknownName(what, name, known)
    return name


def _split_pair(text: str, ids: set[str]) -> tuple[str, str] | None:
    """Split 'A-B', 'A B' or 'A,B'; own ids may hold a hyphen, so every cut is tried and the best known one wins."""
    cuts = [i for i, sign in enumerate(text) if sign in "- ,–"]
    halves = [(text[:i].strip(), text[i + 1 :].strip()) for i in cuts]
    halves = [(left, right) for left, right in halves if left and right]
    whole = sorted({(left, right) for left, right in halves if {left, right} <= ids})
    if len(whole) > 1:
        ways = " or ".join(f"'{left},{right}'" for left, right in whole)
        raise UsageError(f"{text!r} can be read as {ways}; write one of these")
    return max(halves, key=lambda pair: (pair[0] in ids) + (pair[1] in ids), default=None)


def _pair(located: Located, scores: PairScores, a: str, b: str) -> Explanation:
    frame = scores.frame
    row = frame[(frame["region_a"] == a) & (frame["region_b"] == b)].iloc[0]
    names = located.regions.set_index("region_id")["name"]
    terms: list[tuple[str, str, float, str]] = []
    for part in PARTS:
        weight = scores.params["weights"][part]  # type: ignore[index]
        terms.append(("total", part, row[f"part_{part}"], f"share of pairs below it; weight {weight:g}"))
    terms += _field_terms(located, a, b) + _gain_terms(located, a, b) + _gain_terms(located, b, a)
    total = (
        "unknown"
        if pd.isna(row["total"])
        else f"{row['total']:.3f}, rank {row['rank']} of {frame['total'].notna().sum()}"
    )
    summary = f"{names[a]} ({a}) and {names[b]} ({b}): total {total}" + (f"; {row['note']}" if row["note"] else "")
    return Explanation(f"{a}-{b}", summary, _terms(terms), _rows(_pair_rows(located, a, b)))


def _field_terms(located: Located, a: str, b: str) -> list[tuple[str, str, float, str]]:
    """Return each shared field's share of the cosine: w_f^2 / (|a| |b|)."""
    profiles = field_profiles(located)
    if not {a, b} <= set(profiles.index):
        return [("similarity", "unknown", np.nan, "no strategy is known for one of the two")]
    weights = idf(strategies(located)).reindex(profiles.columns)
    scaled = profiles.loc[[a, b]] * weights
    length = float(np.sqrt((scaled**2).sum(axis=1)).prod())
    both = [field for field in profiles.columns if profiles.at[a, field] and profiles.at[b, field]]
    share = {field: float(weights[field] ** 2) / length if length else np.nan for field in both}
    order = sorted(both, key=lambda field: (-share[field], field))
    return [
        (
            "similarity",
            located.fields.name(field),
            share[field],
            f"both name {field}; rarity weight {weights[field]:.3f}",
        )
        for field in order
    ]


def _gain_terms(located: Located, r: str, s: str, most: int = 8) -> list[tuple[str, str, float, str]]:
    """Return the activities r lacks that s brings nearest, by added density."""
    part = f"complementarity of {r} from {s}"
    if not {r, s} <= set(located.activity.index):
        return [(part, "unknown", np.nan, "no activity data for one of the two")]
    M = presence(located.activity, missing="available")
    phi = proximity(M, binary=True, missing="available").to_numpy(copy=True)
    np.fill_diagonal(phi, 0.0)
    present, known = M.fillna(0.0).loc[[r, s]].to_numpy(), M.notna().loc[[r, s]].to_numpy(dtype=float)
    absent = np.flatnonzero((present[0] == 0) & (known[0] == 1))
    gain = added_density(phi[absent], present[0], known[0], present[1:], known[1:])[:, 0]
    order = sorted(range(len(absent)), key=lambda k: (-gain[k], absent[k]))[:most]
    names = [located.fields.name(M.columns[absent[k]]) for k in order]
    return [
        (part, name, float(gain[k]), f"{M.columns[absent[k]]} is not strong in {r}; {s} adds this much related density")
        for k, name in zip(order, names, strict=True)
    ]


def _pair_rows(located: Located, a: str, b: str) -> list[tuple[str, int, str, str]]:
    rows = []
    titles = located.study["priorities"]["title"]
    declared = located.declared[located.declared["region_id"].isin([a, b])]
    for line in declared.itertuples(index=False):
        note = "" if line.basis == "own" else f" ({line.basis})"
        rows.append(("priorities", line.row, line.region_id, f"{titles[line.row]}{note}"))
    parts = located.participations
    by = {region: set(parts.loc[parts["region_id"] == region, "project_id"]) for region in (a, b)}
    joint = parts[parts["region_id"].isin([a, b]) & parts["project_id"].isin(by[a] & by[b])]
    for line in joint.itertuples(index=False):
        rows.append(("participations", line.row, line.region_id, _participant(line)))
    return [(located.study.file_of(table), int(row), region, what) for table, row, region, what in rows]


def _participant(line: Any) -> str:
    who = line.organisation if isinstance(line.organisation, str) else line.org_id
    return f"{line.project_id}: {who}"


def _topic(located: Located, topics: Topics, topic: str) -> Explanation:
    row = topics.frame.set_index("topic_id").loc[topic]
    parts = [name for name in topics.frame.columns if name.startswith("part_")]
    terms = [
        ("score", name.removeprefix("part_"), row[name], "one of the parts whose mean is the score") for name in parts
    ]
    terms += [
        ("role", f"{member.name} ({member.region_id})", float(member.known_corners),
         f"{member.role}: strategy {member.strategy}; strong in {member.strong or 'nothing'}; value = known corners")
        for member in topics.members[topics.members["topic_id"] == topic].itertuples(index=False)
    ]  # fmt: skip
    summary = (
        f"{topic} {row['name']}: score {row['score']:.3f} ({row['score_low']:.3f} to {row['score_high']:.3f}), "
        f"{row['n_regions']} regions of {row['n_countries']} countries, stability {row['stability']:.2f}"
    )
    evidence = topics.evidence[topics.evidence["topic_id"] == topic]
    return Explanation(topic, summary, _terms(terms), _evidence_rows(located, evidence))


def _membership(located: Located, topics: Topics, topic: str, region: str) -> Explanation:
    members = topics.members[topics.members["topic_id"] == topic].set_index("region_id")
    if region not in members.index:
        raise UnknownName(f"member of {topic}", region, members.index)
    row = members.loc[region]
    corners = ("specialisation", "clusters", "organisations", "projects")
    strong = set(row["strong"].split(";"))
    terms = [
        (
            "corner",
            corner,
            row[corner],
            "unknown" if pd.isna(row[corner]) else "strong" if corner in strong else "not strong",
        )
        for corner in corners
    ]
    summary = f"{row['name']} ({region}) in {topic}: {row['role']}; strategy {row['strategy']}"
    evidence = topics.evidence[(topics.evidence["topic_id"] == topic) & (topics.evidence["region_id"] == region)]
    rows = _evidence_rows(located, evidence)
    return Explanation(
        f"{topic}:{region}", summary, _terms(terms), pd.concat([rows, _activity_rows(located, topics, topic, region)])
    )


def _activity_rows(located: Located, topics: Topics, topic: str, region: str) -> pd.DataFrame:
    """Return the activity rows behind a region's specialisation in a topic."""
    inside = {node.removeprefix("code:") for node, where in topics.nodes.items() if where == topic}
    rows = located.activity_rows
    file = located.study.file_of("activity")
    return _rows(
        [
            (file, int(line["row"]), line["region_id"], _amount(located, line))
            for line in rows[(rows["home"] == region) & rows["code"].isin(inside)].to_dict("records")
        ]
    )


def _amount(located: Located, line: Mapping[str, Any]) -> str:
    value = "unknown" if pd.isna(line["value"]) else f"{line['value']:g}"
    return f"{located.fields.name(line['code'])} ({line['code']}): {value} {line['unit']}"


def _evidence_rows(located: Located, evidence: pd.DataFrame) -> pd.DataFrame:
    columns = evidence[["table", "row", "region_id", "what"]].itertuples(index=False)
    return _rows([(located.study.file_of(table), int(row), region, what) for table, row, region, what in columns])


def _terms(terms: list[tuple[str, str, float, str]]) -> pd.DataFrame:
    return pd.DataFrame(terms, columns=list(TERM_COLUMNS))


def _rows(rows: list[tuple[str, int, str, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(ROW_COLUMNS))
