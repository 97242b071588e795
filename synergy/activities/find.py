"""From topics and workshop ideas to transformative activities."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from synergy.activities.actors import everyone
from synergy.activities.build import Built, build, refusal
from synergy.activities.candidates import PER_TOPIC, Candidate, from_topics
from synergy.activities.criteria import mass
from synergy.activities.ground import Ground
from synergy.activities.history import STAGE_RULE, carried
from synergy.activities.ideas import OVERLAP, SAME, merge_ideas
from synergy.activities.proposals import from_ideas
from synergy.activities.result import COLUMNS, FRAME, REFUSED, Activities
from synergy.errors import UnknownName
from synergy.network import build as build_graph
from synergy.tables.study import Study
from synergy.topics import Topics, find_topics
from synergy_graphs import MultilayerGraph


def find_activities(
    study: Study, graph: MultilayerGraph | None = None, topics: Topics | None = None, *, only: Iterable[str] = ()
) -> Activities:
    """Find candidate transformative activities inside the topics of a study, and from its workshop ideas.

    An activity has a home region, a target activity of the topic's field, capacities (the target, the activities of
    the field most related to it, what projects of the field work on, cluster organisations) with the state *held* at
    home, *from elsewhere* with who has it, *missing* or *unknown*, actors that bring them, actions that the data
    suggest, and a direction of change (``direction``). A candidate without a held capacity, without two actors, or
    without a project or idea that says what they would do is refused, and told. Merged ideas (``merge_ideas``) are
    candidates like any other.

    Rules for labels, figures of criteria and stages are our own. ``only`` keeps to some topics; raises UnknownName for
    one that is not there.

    >>> from synergy.tables.read import load
    >>> found = find_activities(load("data/baltic"))
    >>> set(found.frame["direction"]) <= {"modernisation", "diversification", "transition", "radical foundation"}
    True
    """
    if topics is None:
        topics = find_topics(study, build_graph(study) if graph is None else graph)
    known = topics.frame["topic_id"].tolist()
    for topic in only:
        if topic not in known:
            raise UnknownName("topic", topic, known)
    chosen = [topic for topic in known if topic in only or not only]
    ground = Ground(study.located)
    ideas = merge_ideas(study, ground.located.fields)
    from_data, refused = from_topics(ground, topics, chosen)
    from_workshops, refused_ideas = from_ideas(ground, topics, ideas, chosen)
    refused += refused_ideas
    people = everyone(ground)
    found: list[Built] = []
    for made in _once([*from_workshops, *from_data]):
        rows = ideas.table[ideas.table["idea_id"].isin(made.ideas)]
        built = build(ground, people, made, rows)
        why = refusal(built)
        if why:
            refused.append((made.topic_id, f"{ground.name(made.target)} in {made.home}", 1, why))
        else:
            found.append(built)
    found.sort(key=_order)
    return _assembled(study, ground, found, refused, ideas_frames=(ideas.table, ideas.pairs, ideas.matrix))


def _order(built: Built) -> tuple[object, ...]:
    """Order by the share of the known criteria that are met; what the data suggest before workshop ideas."""
    met = built.criteria["met"].dropna()
    share = float(met.mean()) if len(met) else 0.0
    return (
        -share,
        built.made.origin == "ideas",
        -int(met.sum()),
        built.made.topic_id,
        built.made.home,
        built.made.target,
    )


def _once(candidates: list[Candidate]) -> list[Candidate]:
    """Keep the first of candidates with one home and target: an idea before what the data alone suggest."""
    return list({(made.home, made.target): made for made in reversed(candidates)}.values())[::-1]


def _assembled(
    study: Study, ground: Ground, found: list[Built], refused: list[tuple[str, str, int, str]],
    ideas_frames: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame],
) -> Activities:  # fmt: skip
    places = ground.located.regions.set_index("region_id")
    titles = ideas_frames[0].set_index("idea_id")["title"]
    names = [
        f"{titles[built.made.ideas[0]] if built.made.ideas else ground.name(built.made.target)}"
        f" ({places.at[built.made.home, 'name']}): {built.made.label}"
        for built in found
    ]
    ids, stages, history = carried(study, found, names)
    rows = [
        _row(ground, built, activity, name, stage)
        for built, activity, name, stage in zip(found, ids, names, stages, strict=True)
    ]
    frames = {
        part: _stacked(
            [getattr(built, part).assign(activity_id=i) for built, i in zip(found, ids, strict=True)], columns
        )
        for part, columns in COLUMNS.items()
    }
    table, pairs, matrix = ideas_frames
    params = {
        "per_topic": PER_TOPIC, "same": SAME, "overlap": OVERLAP, "stage": STAGE_RULE, "seed": study.settings.seed,
    }  # fmt: skip
    return Activities(
        frame=pd.DataFrame(rows, columns=list(FRAME)),
        refused=pd.DataFrame(refused, columns=list(REFUSED)),
        history=history, ideas=table, idea_pairs=pairs, matrix=matrix, params=params, **frames,
    )  # fmt: skip


def _row(ground: Ground, built: Built, activity: str, name: str, stage: str) -> tuple[object, ...]:
    made = built.made
    regions = (made.home, *built.partners)
    countries = ground.located.regions.set_index("region_id")["country"]
    amount, _ = mass(ground, list(made.codes), list(regions))
    met = built.criteria["met"]
    return (
        activity, made.topic_id, name, made.origin, ";".join(regions),
        ";".join(sorted({countries[region] for region in regions})), made.home, made.target, made.label, made.rule,
        stage,
        len(built.actors), len(built.capacities), int((built.capacities["state"] == "from elsewhere").sum()),
        amount, ground.mass_unit, int(met.sum()), int(met.notna().sum()), _note(ground, built),
    )  # fmt: skip


def _note(ground: Ground, built: Built) -> str:
    """Say where the data are thin: unknown capacities, few projects, illustrative ideas."""
    notes = [built.made.close] if built.made.close else []
    unknown = int((built.capacities["state"] == "unknown").sum())
    if unknown:
        notes.append(f"{unknown} of {len(built.capacities)} capacities unknown")
    projects = built.evidence.loc[built.evidence["table"] == "participations", "row"].nunique()
    if projects < 5:
        notes.append(f"little data: {projects} participation(s) on its themes")
    source = ground.located.study.settings.sources.get("ideas")
    if built.made.ideas and source and "illustrative" in source.title.lower():
        notes.append("from an illustrative idea: said in no workshop")
    return "; ".join(notes)


def _stacked(frames: list[pd.DataFrame], columns: tuple[str, ...]) -> pd.DataFrame:
    if not frames:
        return pd.DataFrame(columns=list(columns))
    return pd.concat(frames, ignore_index=True)[list(columns)]
