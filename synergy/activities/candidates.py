"""What is looked at: for each topic and each target activity, the home region from which a change could start."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from synergy.activities.direction import NO_CHANGE, UNKNOWN, Standing, direction
from synergy.activities.ground import Ground
from synergy.topics import Topics

PER_TOPIC = 3
RELATED = 3
THEMES = 3
CLOSE = 0.05
"""A figure nearer to its bar than this share of it is a close call."""


@dataclass(frozen=True)
class Candidate:
    """One home region, what it would change, and the capacities that takes."""

    topic_id: str
    origin: str
    home: str
    target: str
    label: str
    rule: str
    close: str
    codes: tuple[str, ...]
    themes: tuple[str, ...]
    members: tuple[str, ...]
    joined: tuple[str, ...] = ()
    ideas: tuple[str, ...] = ()


Refusal = tuple[str, str, int, str]


def from_topics(ground: Ground, topics: Topics, chosen: list[str]) -> tuple[list[Candidate], list[Refusal]]:
    """Return the best PER_TOPIC candidates of each topic, each with its own home and target, and what was refused.

    The better candidate is no close call, has more of its capacities held by some member, needs another region, holds
    more of them at home and has more projects there; directions that the topic has not shown yet come first.
    """
    found, refused = [], []
    for topic in chosen:
        looked = list(_of_topic(ground, topics, topic))
        if not looked:
            name = str(topics.frame.set_index("topic_id").at[topic, "name"])
            refused.append((topic, name, 1, "no economic activity belongs to its fields: direction unknown"))
        reasons = Counter(refused_at_once(candidate) for candidate, _ in looked if refused_at_once(candidate))
        refused += [(topic, "region and target activity", count, why) for why, count in sorted(reasons.items())]
        ranked = sorted((pair for pair in looked if not refused_at_once(pair[0])), key=lambda pair: pair[1])
        kept = _distinct([candidate for candidate, _ in ranked])
        found += kept
        if len(ranked) > len(kept):
            why = f"weaker than the {len(kept)} kept of its topic, or the same home or target"
            refused.append((topic, "region and target activity", len(ranked) - len(kept), why))
    return found, refused


def refused_at_once(candidate: Candidate) -> str:
    """Say why a candidate is none, whoever would take part; empty when it may be one."""
    if candidate.label == NO_CHANGE:
        return "no change: the region holds it, and no project brings new technology"
    if candidate.label == UNKNOWN:
        return "direction unknown: a figure that the rule needs is not in the data"
    if candidate.label == "radical foundation" and not candidate.ideas:
        return "radical foundation: nothing that the region holds speaks for it, so it takes an idea of people"
    return ""


def _of_topic(ground: Ground, topics: Topics, topic: str) -> Iterator[tuple[Candidate, tuple[object, ...]]]:
    inside = {node.removeprefix("code:") for node, where in topics.nodes.items() if where == topic}
    members = tuple(sorted(topics.members.loc[topics.members["topic_id"] == topic, "region_id"]))
    homes = [region for region in members if region in ground.activity_held.index]
    for field in sorted(inside & set(ground.located.fields.tops)):
        themes = field_themes(ground, field, inside)
        targets = [code for code in ground.activity_held.columns if field in ground.located.fields.up(code)]
        work = projects_by_region(ground, themes)
        for target in targets:
            codes = _codes(ground, field, target, targets, themes, members)
            held = (ground.held.loc[list(members), list(codes)] == 1).to_numpy()
            for home in homes:
                standing = ground.standing(home, target, work.get(home))
                judged = (*direction(standing), close_call(standing))
                made = Candidate(topic, "data", home, target, *judged, codes, themes, members)
                own = held[members.index(home)]
                others = np.delete(held, members.index(home), axis=0).any(axis=0)
                counts = int((own | others).sum()), int((~own & others).sum()), int(own.sum())
                doubt = (counts[2] == 0, made.close != "")
                rank = (-counts[0], counts[1] == 0, -counts[2], -work.get(home, 0))
                yield made, (*doubt, *rank, home, target)


def close_call(at: Standing) -> str:
    """Say which figure stands so near to its bar that the label could as well be another; empty if none does.

    >>> close_call(Standing("Trains", 0.99, 2, 50.0, 30.0))
    'close call: LQ 0.99 of Trains'
    """
    if at.quotient is not None and abs(at.quotient - 1) < CLOSE:
        return f"close call: LQ {at.quotient:.2f} of {at.target}"
    absent = at.quotient is not None and at.quotient < 1
    if absent and at.density is not None and at.chance and abs(at.density / at.chance - 1) < CLOSE:
        return f"close call: density {at.density:.1f} % against {at.chance:.1f} % by chance"
    return ""


def field_themes(ground: Ground, field: str, inside: set[str]) -> tuple[str, ...]:
    """Return what projects work on in a field: themes that lie in it, and those of the topic that lie in none."""
    fields = ground.located.fields
    tops = set(fields.tops)
    return tuple(
        code
        for code in sorted(map(str, ground.amounts["projects"].columns))
        if field in (code, *fields.up(code)) or (code in inside and not tops & {code, *fields.up(code)})
    )


def projects_by_region(ground: Ground, themes: tuple[str, ...]) -> dict[str, int]:
    """Return how many projects on these themes each region takes part in; unknown regions are left out."""
    counts = ground.amounts["projects"]
    known = counts.index[counts.notna().any(axis=1)] if themes else []
    return {
        region: len({one.project_id for one in ground.work.get(region, ()) if one.code in themes}) for region in known
    }


def _codes(
    ground: Ground, field: str, target: str, targets: list[str], themes: tuple[str, ...], members: tuple[str, ...]
) -> tuple[str, ...]:
    """Return what the change takes: the target, its most related activities and main themes of the field, clusters."""
    related = ground.relatedness.loc[target, [code for code in targets if code != target]]
    near = sorted(related[related > 0].items(), key=lambda pair: (-pair[1], pair[0]))[:RELATED]
    counts = ground.amounts["projects"].loc[list(members)].sum()
    worked = sorted((code for code in themes if ground.kind_of[code] == "projects"), key=lambda c: (-counts[c], c))
    clusters = [field] if ground.kind_of.get(field) == "clusters" else []
    return (target, *(str(code) for code, _ in near), *worked[:THEMES], *clusters)


def _distinct(ranked: list[Candidate]) -> list[Candidate]:
    kept: list[Candidate] = []
    for new_label in (True, False):
        for candidate in ranked:
            if len(kept) == PER_TOPIC:
                return kept
            taken = any(candidate.home == other.home or candidate.target == other.target for other in kept)
            shown = new_label and any(candidate.label == other.label for other in kept)
            if not taken and not shown:
                kept.append(candidate)
    return kept
