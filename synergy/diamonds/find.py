"""Synergy diamonds of a study: the best of every topic, of one field, or that of chosen regions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from synergy.capacities import ROLES, evidence_of, holdings
from synergy.diamonds.area import Area
from synergy.diamonds.corners import CORNERS, ENOUGH, Standing
from synergy.diamonds.draws import DRAWS, SWAY, WIDTH, Draws
from synergy.diamonds.field import Field, field_of
from synergy.diamonds.kinds import PARTS
from synergy.diamonds.measures import LEAST
from synergy.diamonds.result import Diamonds, diamonds_of
from synergy.diamonds.search import BEAM, LARGEST, LEAST_KNOWN, SMALLEST, judge, search
from synergy.errors import UnknownName, UsageError
from synergy.network import build
from synergy.tables.study import Study
from synergy.topics import Topics, find_topics
from synergy_graphs import MultilayerGraph

TOP = 3


def find_diamonds(
    study: Study,
    graph: MultilayerGraph | None = None,
    topics: Topics | None = None,
    *,
    fields: Sequence[str] | None = None,
    top: int = TOP,
) -> Diamonds:
    """Find the best synergy diamonds of every topic, or of the ``fields`` (topic ids, codes with their narrower ones).

    A diamond is two to four regions of two countries or more and a field, read at four corners. **Our own definition.**

    - strategy: the region declares the field (its share of statements over the area's share, 1 at the least)
    - industry: what is employed in the field's activities (counted double), clusters, firms
    - knowledge: universities and research organisations, their projects on the field, density of related activities
    - opportunity, market pull as far as the tables can say: growth, the field's activities and the strategies within
      250 km

    Each sign is read on one scale, ``reach = max(quotient, amount / critical mass)``, where the line is 1 and critical
    mass the amount with which the top quarter of those that hold any begins; a corner is the mean of its known signs,
    unknown where less than half of their weight is. Regions are *complement* when two of them each bring a corner
    that is over the line in no other, *pooling* when none is over the line in industry or knowledge and together they
    are, each being needed. The score is the mean of coverage, gain, balance and alignment, with its range when lines,
    weights and what is unknown are drawn anew. Funding is read apart. The formulas are in docs/method.md.

    All pairs across a border are looked at, larger sets by extending the best; ``searched`` says how many of how many.
    Raises UnknownName for a field that is neither topic nor code, UsageError for a ``top`` below 1.

    >>> from synergy.tables.read import load
    >>> found = find_diamonds(load("data/baltic"), fields=["ecosystem:energy"], top=2)
    >>> len(found), set(found.frame["kind"]) <= {"complement", "pooling", "both"}
    (2, True)
    """
    if top < 1:
        raise UsageError(f"top is {top}, expected 1 or more")
    area, topics = _ground(study, graph, topics)
    draws = Draws.of(study.settings.seed, len(area.ids))
    found, searched = [], []
    for name in topics.frame["topic_id"] if fields is None else dict.fromkeys(fields):
        field = field_of(area, topics, name)
        standing = Standing.of(area, field)
        members = _members(area, topics, field)
        best, steps = search(standing, draws, members, area.country, top)
        found += [(standing, judged) for judged in best]
        searched += [(standing, len(members), step) for step in steps]
    found.sort(key=lambda one: (-float(one[1].expected[0]), one[0].field.field_id, one[1].sets[0].tolist()))
    return diamonds_of(area, found, searched, _params(study, top))


def diamond(
    study: Study,
    regions: Sequence[str],
    field: str,
    graph: MultilayerGraph | None = None,
    topics: Topics | None = None,
) -> Diamonds:
    """Return the diamond of two to four chosen regions and a field, whatever its kind: 'none' says why.

    The field is a topic id or a code, with its narrower codes. Raises UnknownName for a region that is not analysed
    or a field that is not there, UsageError for another number of regions or one given twice.

    >>> from synergy.tables.read import load
    >>> one = diamond(load("data/baltic"), ["SE22", "DK01"], "ecosystem:health")
    >>> one.frame.at[0, "regions"], sorted(set(one.corners["state"]) - {"strong", "weak", "unknown"})
    ('DK01;SE22', [])
    """
    area, topics = _ground(study, graph, topics)
    for region in regions:
        if region not in area.position:
            raise UnknownName("analysed region", region, area.ids)
    if len(set(regions)) != len(regions) or not SMALLEST <= len(regions) <= LARGEST:
        raise UsageError(f"the regions are {', '.join(regions) or 'none'}; expected {SMALLEST} to {LARGEST}, each once")
    standing = Standing.of(area, field_of(area, topics, field))
    chosen = np.array([sorted(area.position[region] for region in regions)], dtype=np.intp)
    judged = judge(standing, Draws.of(study.settings.seed, len(area.ids)), chosen)
    return diamonds_of(area, [(standing, judged)], [], _params(study, 1))


def _ground(study: Study, graph: MultilayerGraph | None, topics: Topics | None) -> tuple[Area, Topics]:
    graph = build(study) if graph is None else graph
    return Area(study.located, graph), find_topics(study, graph) if topics is None else topics


def _members(area: Area, topics: Topics, field: Field) -> list[int]:
    """Return the regions among which diamonds are looked for: a topic's members, or by the same roles for a code."""
    of_topic = topics.members[topics.members["topic_id"] == field.field_id]
    if len(of_topic):
        return sorted(area.position[region] for region in of_topic["region_id"])
    nodes = tuple(field.nodes)
    held = holdings(area.located, nodes, evidence_of(area.located, nodes))
    return sorted(area.position[region] for region in held.loc[held["role"].isin(ROLES), "region_id"])


def _params(study: Study, top: int) -> dict[str, object]:
    return {
        "definition": "own", "corners": CORNERS, "parts": PARTS, "top": top, "seed": study.settings.seed,
        "draws": DRAWS, "line_width": WIDTH, "sign_sway": SWAY, "counted_up_to": ENOUGH, "least_mass": LEAST,
        "beam": BEAM, "least_known": LEAST_KNOWN,
    }  # fmt: skip
