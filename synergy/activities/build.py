"""One candidate made whole: capacities and who holds them, actors, actions, relatedness, criteria and rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from math import fsum
from operator import itemgetter

import pandas as pd

from synergy.activities.actors import actors_of
from synergy.activities.candidates import Candidate
from synergy.activities.criteria import criteria
from synergy.activities.ground import UNITS, Ground

PARTNERS = 3
HOLDERS = 3
SHOWN = 3
FEWEST_ACTORS = 2
MEASURE = "proximity beyond chance of being held by the same regions"
DATA_ACTIONS = ("project theme", "idea")


@dataclass(frozen=True, eq=False)
class Built:
    """One activity before it has its id: the candidate, its partners and its frames."""

    made: Candidate
    partners: tuple[str, ...]
    actors: pd.DataFrame
    capacities: pd.DataFrame
    actions: pd.DataFrame
    relatedness: pd.DataFrame
    criteria: pd.DataFrame
    evidence: pd.DataFrame


def build(ground: Ground, people: pd.DataFrame, made: Candidate, ideas: pd.DataFrame) -> Built:
    """Return a candidate with all of its frames: ``people`` as ``everyone`` gives them, ``ideas`` its own, if any."""
    partners = _partners(ground, made)
    capacities = _capacities(ground, made, partners)
    actors = actors_of(ground, people, made, partners, ideas)
    actions = _actions(ground, made, partners, capacities, ideas)
    relatedness = _relatedness(ground, made)
    judged = criteria(ground, made, capacities, actors, relatedness, ideas)
    evidence = _evidence(ground, made, partners, actors, ideas)
    return Built(made, partners, actors, capacities, actions, relatedness, judged, evidence)


def refusal(built: Built) -> str:
    """Say why a candidate is only a bag of similar nodes and no activity; empty when it is one."""
    if not (built.capacities["state"] == "held").any():
        return "the home region holds none of its capacities"
    if len(built.actors) < FEWEST_ACTORS:
        return f"{len(built.actors)} actor(s) bring a capacity, an activity needs {FEWEST_ACTORS}"
    if not built.actions["of"].isin(DATA_ACTIONS).any():
        return "only similar nodes: no project and no idea says what they would do"
    return ""


def _holders(ground: Ground, made: Candidate, code: str) -> list[str]:
    """Return the other regions that hold a capacity: members of the topic before others, the strongest first."""
    others = (region for region in ground.holders[code] if region != made.home)
    return sorted(others, key=lambda region: region not in made.members)


def _partners(ground: Ground, made: Candidate) -> tuple[str, ...]:
    """Choose regions that bring what the home lacks: the one that brings most first, ties by strength, then by id."""
    lacking = {code for code in made.codes if ground.held.at[made.home, code] == 0}
    chosen = list(made.joined)
    open_codes = {code for code in lacking if not set(chosen) & set(ground.holders[code])}
    while open_codes and len(chosen) < PARTNERS + len(made.joined):
        counts: Counter[str] = Counter()
        for code in sorted(open_codes):
            holders = _holders(ground, made, code)
            inside = [region for region in holders if region in made.members]
            counts.update(inside or holders)
        if not counts:
            break
        best = min(counts, key=lambda r: (-counts[r], -_strength(ground, r, open_codes), r))
        chosen.append(best)
        open_codes = {code for code in open_codes if best not in ground.holders[code]}
    return tuple(chosen)


def _strength(ground: Ground, region: str, codes: set[str]) -> float:
    return fsum(ground.quotients.get((region, code), 0.0) for code in codes)


def _capacities(ground: Ground, made: Candidate, partners: tuple[str, ...]) -> pd.DataFrame:
    rows = []
    for code in made.codes:
        at_home, held = ground.strength.at[made.home, code], ground.held.at[made.home, code]
        holders = _holders(ground, made, code)
        holders = [region for region in partners if region in holders] + [r for r in holders if r not in partners]
        state = "held" if held == 1 else "unknown" if pd.isna(held) else "from elsewhere" if holders else "missing"
        where = holders[0] if state == "from elsewhere" else made.home
        listed = ([made.home] if state == "held" else []) + holders[:HOLDERS]
        unit = UNITS[ground.kind_of[code]]
        strength = ground.strength.at[where, code]
        rows.append((code, ground.capacity_name(code), where, strength, unit, at_home, state, ";".join(listed)))
    columns = ["code", "name", "region_id", "strength", "unit", "at_home", "state", "holders"]
    return pd.DataFrame(rows, columns=columns)


def _actions(
    ground: Ground, made: Candidate, partners: tuple[str, ...], capacities: pd.DataFrame, ideas: pd.DataFrame
) -> pd.DataFrame:
    regions = ground.located.regions.set_index("region_id")["name"]
    rows: list[tuple[str, str, str]] = []
    for idea, title, place, row in (
        ideas[["idea_id", "title", "region_id", "row"]].itertuples(index=False) if len(ideas) else ()
    ):
        rows.append((f"Take up the workshop idea “{title}” ({place})", "idea", f"ideas row {row}: {idea}"))
    for code in (code for code in made.codes if ground.kind_of[code] == "projects"):
        projects = sorted(set().union(*(_projects(ground, region, {code}) for region in (made.home, *partners))))
        if projects:
            own = len(_projects(ground, made.home, {code}))
            what = (
                f"Build on {len(projects)} project(s) on {ground.name(code)}, {own} of them with {regions[made.home]}"
            )
            rows.append((what, "project theme", ", ".join(projects[:SHOWN]) + (" …" if len(projects) > SHOWN else "")))
    for name, where, strength in capacities.loc[
        capacities["state"] == "from elsewhere", ["name", "region_id", "strength"]
    ].itertuples(index=False):
        what = f"Bring {name} from {regions[where]} ({where})"
        rows.append((what, "capacity from another region", f"location quotient {strength:.2f} there"))
    themes = set(made.themes)
    for partner in partners if themes else ():
        if not _projects(ground, made.home, themes) & _projects(ground, partner, themes):
            what = f"Begin a first joint project of {regions[made.home]} and {regions[partner]}"
            rows.append((what, "untapped pair", "no joint project on its themes in the data"))
    return pd.DataFrame(rows, columns=["action", "of", "evidence"])


def _projects(ground: Ground, region: str, codes: set[str]) -> set[str]:
    return {one.project_id for one in ground.work.get(region, ()) if one.code in codes}


def _relatedness(ground: Ground, made: Candidate) -> pd.DataFrame:
    rows = [(a, b, ground.relatedness.at[a, b], MEASURE) for a, b in combinations(made.codes, 2)]
    return pd.DataFrame(rows, columns=["a", "b", "value", "measure"])


def _evidence(
    ground: Ground, made: Candidate, partners: tuple[str, ...], actors: pd.DataFrame, ideas: pd.DataFrame
) -> pd.DataFrame:
    rows: list[tuple[str, int, str, str]] = []
    for region in dict.fromkeys((made.home, *partners)):
        rows += [
            ("activity", row, region, f"{ground.name(code)}: {'unknown' if pd.isna(value) else f'{value:g}'} {unit}")
            for row, code, value, unit in ground.activity_amounts.get(region, ())
            if code in made.codes
        ]
        # of several themes of one row the first is said
        work = {one.row: one for one in reversed(ground.work.get(region, ())) if one.code in made.codes}
        rows += [
            ("participations", one.row, region, f"{one.project_id} works on {ground.name(one.code)}")
            for one in work.values()
        ]
    listed = actors[actors["table"].isin(["clusters", "firms"])]
    rows += list(listed[["table", "row", "region_id", "name"]].itertuples(index=False, name=None))
    if len(ideas):
        rows += [
            ("ideas", row, region, f"{idea}: {title}")
            for row, region, idea, title in ideas[["row", "region_id", "idea_id", "title"]].itertuples(index=False)
        ]
    return pd.DataFrame(sorted(rows, key=itemgetter(0, 1)), columns=["table", "row", "region_id", "what"])
