"""Any pair, topic, membership, diamond, activity, learning pair or workshop -> the terms and rows that made it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pandas as pd

from synergy.activities import Activities, find_activities
from synergy.activities.terms import activity_terms
from synergy.diamonds import Diamonds, find_diamonds
from synergy.diamonds.terms import diamond_terms
from synergy.errors import UnknownName, UsageError
from synergy.foresight import FORESIGHT
from synergy.learning import find_practices, policy_reading
from synergy.learning.terms import pair_terms as learning_terms
from synergy.learning.terms import workshop_terms
from synergy.scores import PairScores
from synergy.scores.terms import amount, pair_terms
from synergy.tables.located import Located
from synergy.tables.study import Study
from synergy.topics import Topics

DIAMOND_ID = re.compile(r"D\d{2,}")
ACTIVITY_ID = re.compile(r"A\d{2,}")
LEARNING_ID = re.compile(r"[LW]\d{2,}")
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


def explain(
    study: Study,
    subject: str,
    *,
    scores: PairScores,
    topics: Topics,
    diamonds: Diamonds | None = None,
    activities: Activities | None = None,
) -> Explanation:
    """Explain a pair ('AT31-ITC4' or 'AT31 ITC4'), a topic ('T01'), a membership ('T01:AT31'), a diamond ('D01'), an
    activity ('A01'), a learning pair of the policy reading ('L01') or a cluster workshop ('W01').

    ``diamonds`` and ``activities`` are the study's, found here when one is asked for and they are not given. Raises
    UnknownName, with the nearest name, when there is no such region, topic, diamond or activity; UsageError for a
    region paired with itself, and for a text that names two pairs because ids hold a hyphen.

    >>> from synergy.tables.read import load
    >>> from synergy.scores import score_pairs
    >>> from synergy.topics import find_topics
    >>> study = load("data/baltic")
    >>> scores = score_pairs(study)
    >>> found = explain(study, "DK01-SE22", scores=scores, topics=find_topics(study, scores=scores))
    >>> found.subject, found.summary.partition(":")[0]
    ('DK01-SE22', 'Hovedstaden (DK01) and Sydsverige (SE22)')
    """
    located = study.located
    text = subject.strip()
    ids = set(located.places.regions)
    known_topics = set(topics.frame["topic_id"])
    head, colon, tail = text.partition(":")
    if colon and head not in ids:
        _known("topic", head, known_topics)
        return _membership(located, topics, head, _known("region", tail.strip(), ids))
    if text in known_topics:
        return _topic(located, topics, text)
    if DIAMOND_ID.fullmatch(text):
        return _diamond(located, find_diamonds(study, topics=topics) if diamonds is None else diamonds, text)
    if text not in ids and (ACTIVITY_ID.fullmatch(text) or text in set(study["activities"]["activity_id"])):
        return _activity(located, find_activities(study, topics=topics) if activities is None else activities, text)
    if text not in ids and LEARNING_ID.fullmatch(text):
        return _learning(located, topics, text)
    pair = _split_pair(text, ids)
    if pair is None:
        raise UnknownName(
            "pair, topic, membership, diamond, activity, learning pair or workshop", text, known_topics | ids
        )
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
    names = located.regions.set_index("region_id")["name"]
    said, terms, rows = pair_terms(located, scores, a, b)
    cited = [(located.study.file_of(table), row, region, what) for table, row, region, what in rows]
    return Explanation(f"{a}-{b}", f"{names[a]} ({a}) and {names[b]} ({b}): {said}", _terms(terms), _rows(cited))


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
            (file, int(line["row"]), line["region_id"], amount(located, line))
            for line in rows[(rows["home"] == region) & rows["code"].isin(inside)].to_dict("records")
        ]
    )


def _diamond(located: Located, diamonds: Diamonds, one: str) -> Explanation:
    _known("diamond", one, set(diamonds.frame["diamond_id"]))
    row = diamonds.frame.set_index("diamond_id").loc[one]
    evidence = diamonds.evidence[diamonds.evidence["diamond_id"] == one]
    summary, terms = diamond_terms(diamonds, row)
    return Explanation(one, summary, _terms(terms), _evidence_rows(located, evidence))


def _activity(located: Located, found: Activities, activity: str) -> Explanation:
    _known("activity", activity, set(found.frame["activity_id"]))
    summary, terms = activity_terms(found, activity)
    evidence = found.evidence[found.evidence["activity_id"] == activity]
    return Explanation(activity, summary, _terms(terms), _evidence_rows(located, evidence))


def _learning(located: Located, topics: Topics, key: str) -> Explanation:
    study = located.study
    if key.startswith("L"):
        table, (summary, terms, rows) = "survey", learning_terms(policy_reading(study), key)
    else:
        table, (summary, terms, rows) = "services", workshop_terms(find_practices(study, topics), key)
    source = study.settings.sources.get(table)
    said = f"{summary}. {source.title}" if source else summary
    return Explanation(
        key, said, _terms(terms), _rows([(study.file_of(name), at, region, what) for name, at, region, what in rows])
    )


def _evidence_rows(located: Located, evidence: pd.DataFrame) -> pd.DataFrame:
    columns = evidence[["table", "row", "region_id", "what"]].itertuples(index=False)
    return _rows([(located.study.file_of(table), int(row), region, what) for table, row, region, what in columns])


def _terms(terms: list[tuple[str, str, float, str]]) -> pd.DataFrame:
    return pd.DataFrame(terms, columns=list(TERM_COLUMNS))


def _rows(rows: list[tuple[str, int, str, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(ROW_COLUMNS))
