"""(Pair, theme): given that two regions cooperate after the cut, on what? It is what a topic claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from synergy.affinity import Affinity, affinity
from synergy.backtesting.evaluate import Cases, Scorer
from synergy.backtesting.regression import fit
from synergy.backtesting.sides import Sides
from synergy.capacities import theme_quotient
from synergy.scores import PairScores
from synergy.topics import Topics, find_topics

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
GUESSED = {"popularity": "popularity of the theme", "own": "the regions' own past in it"}
"""Parts of the full score that anybody could guess by: they count as baselines too."""


def theme_cases(sides: Sides, earlier: Sides | None) -> Iterator[Cases]:
    """Yield (pair, theme), the same within each theme, where popularity cannot help, and both for fields."""
    topics = _topics(sides)
    yield from _cases(sides, earlier, topics, "theme")
    yield from _cases(sides.lifted, earlier.lifted if earlier else None, topics, "field")


def _topics(sides: Sides) -> Topics:
    """Return the topics of the study as known: who is in which is asked here, not how sure a topic or a pair is."""
    study = sides.parts.study
    settings = replace(study.settings, topics=replace(study.settings.topics, dropout=0.0))
    return find_topics(replace(study, settings=settings), scores=PairScores(sides.pair_scores, {}))


def _cases(sides: Sides, earlier: Sides | None, topics: Topics, what: str) -> tuple[Cases, Cases]:
    """Return the cases of all pairs and themes (or fields) in one ranking, and theme by theme."""
    found, came_true, outside = cooperating(sides)
    scorers = [*theme_scorers(sides, found, topics), *_regressions(found, earlier)]
    shape = came_true.shape
    a, b = np.repeat(found.a, shape[1]), np.repeat(found.b, shape[1])
    flat = tuple(Scorer(s.name, s.kind, s.values.ravel()) for s in scorers)
    notes = (f"{outside} of the {what}s that pairs work on later are named by no known project and are no candidates",)
    question = f"Given that two regions cooperate after the cut, on which {what}?"
    whole = Cases(f"pair and {what}", question, a, b, came_true.ravel(), flat, notes=notes)
    question = f"And given the {what}, which of the cooperating pairs work on it?"
    groups = np.tile(np.arange(shape[1]), shape[0])
    return whole, replace(whole, level=f"pair within a {what}", question=question, groups=groups, notes=())


def cooperating(sides: Sides) -> tuple[Affinity, NDArray[np.bool_], int]:
    """Return the affinity of the pairs that cooperate later, what they work on, and how many themes none could rank."""
    a, b = sides.candidates
    later = sides.future.joint[a, b] > 0
    a, b = a[later], b[later]
    found = affinity(sides.known, pairs=(a, b), known=sides.past)
    shared = sparse.csr_array(sides.future.incidence[a].multiply(sides.future.incidence[b]))
    hidden = sides.known.fields.horizontal | set(found.themes)
    outside = sides.future.theme_names(frozenset(hidden))
    works = (shared @ sides.future.themes(found.themes)).toarray() > 0
    beyond = (shared @ sides.future.themes(outside)).toarray() > 0
    # A pair that only works on what nobody could name has nothing to rank; kept, it would reward guessing who it is.
    some = np.flatnonzero(works.any(axis=1))
    return found.only(some), works[some], int(beyond.any(axis=0).sum())


def theme_scorers(sides: Sides, found: Affinity, topics: Topics) -> list[Scorer]:
    """Return the full score, its parts alone, and what else could be guessed by."""
    a, b = found.a, found.b
    on = sides.past.themes(found.themes)
    worked = np.asarray((sides.past.incidence @ on).toarray())
    joint = sparse.csr_array(sides.past.incidence[a].multiply(sides.past.incidence[b]))
    scorers = [Scorer("affinity", "score", found.total)]
    for name, part in found.parts.items():
        guessed = GUESSED.get(name)
        scorers.append(Scorer(guessed or f"part: {name}", "baseline" if guessed else "part", np.asarray(part)))
    scorers += [
        Scorer("both have worked on it", "baseline", np.minimum(worked[a], worked[b])),
        Scorer("the pair's own past in it", "baseline", np.asarray((joint @ on).toarray())),
        Scorer("popularity in their programmes", "baseline", _in_programmes(sides, on, a, b)),
        Scorer("strategies that name its field", "part", _strategies(sides, found)),
        Scorer("specialisation in its field", "part", _specialisation(sides, found)),
    ]
    if len(topics):
        scorers.append(Scorer("members of its topic", "part", _members(topics, found)))
    return scorers


def _in_programmes(sides: Sides, on: sparse.csr_array, a: Ints, b: Ints) -> Floats:
    """Return the share of the theme among known projects of the programmes both take part in, shrunk to popularity."""
    of = sides.past.programmes(sides.programmes())
    takes = np.asarray((sides.past.incidence @ of).toarray() > 0)
    both = (takes[a] & takes[b]).astype(np.float64)
    projects, worked = np.asarray(of.sum(axis=0)), np.asarray((of.T @ on).toarray())
    popular = (np.asarray(on.sum(axis=0)) + 0.5) / (on.shape[0] + 1)
    return np.asarray((both @ worked + 5 * popular) / (both @ projects + 5)[:, None])


def _specialisation(sides: Sides, found: Affinity) -> Floats:
    """Return the smaller of the two location quotients in the activities of the theme's fields."""
    fields = sides.known.fields
    activities = {code: {code, *fields.up(code)} for code in sides.known.activity.columns}
    columns = []
    for theme in found.themes:
        wanted = {theme, *fields.up(theme)}
        nodes = tuple(f"code:{code}" for code, closure in activities.items() if closure & wanted)
        columns.append(theme_quotient(sides.known, nodes).reindex(list(found.regions)).to_numpy(dtype=float))
    table = np.column_stack(columns) if columns else np.empty((len(found.regions), 0))
    return np.asarray(np.minimum(table[found.a], table[found.b]))


def _strategies(sides: Sides, found: Affinity) -> Floats:
    """Return how many of the two declare a field the theme belongs to; unknown where a strategy is, or nobody does."""
    fields, located = sides.known.fields, sides.known
    declared: dict[str, set[str]] = {}
    for region, codes in located.declared[["region_id", "fields"]].itertuples(index=False):
        declared.setdefault(region, set()).update(codes, *(fields.up(code) for code in codes))
    wanted = [{theme, *fields.up(theme)} for theme in found.themes]
    holds = [[float(bool(field & declared.get(region, set()))) for field in wanted] for region in found.regions]
    table = np.array(holds, dtype=np.float64).reshape(len(found.regions), len(found.themes))
    table[:, table.sum(axis=0) == 0] = np.nan
    table[~located.strategy_known.reindex(list(found.regions)).to_numpy(dtype=bool)] = np.nan
    return np.asarray(table[found.a] + table[found.b])


def _members(topics: Topics, found: Affinity) -> Floats:
    """Return how many of the two are members of the topic a theme belongs to; unknown for a theme in no topic."""
    table = np.full((len(found.regions), len(found.themes)), np.nan)
    members = topics.members.groupby("topic_id")["region_id"].apply(set).to_dict()
    for column, theme in enumerate(found.themes):
        topic = topics.nodes.get(f"code:{theme}")
        if topic is not None:
            table[:, column] = [region in members.get(topic, set()) for region in found.regions]
    return np.asarray(table[found.a] + table[found.b])


def _regressions(found: Affinity, earlier: Sides | None) -> Iterator[Scorer]:
    """Yield a regression on the parts, learned at the earlier cut."""
    if earlier is None:
        return
    before, came_true, _ = cooperating(earlier)
    model = fit(_design(before), came_true.ravel()) if came_true.size else None
    if model is not None:
        yield Scorer("regression on all parts", "regression", model.predict(_design(found)).reshape(found.total.shape))


def _design(found: Affinity) -> Floats:
    return np.column_stack([np.asarray(part).ravel() for part in found.parts.values()])
