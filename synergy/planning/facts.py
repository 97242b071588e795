"""One activity as plain facts: what the steps, the people and the indicators of its plan are read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from synergy.tables.fields import split_codes

if TYPE_CHECKING:
    from synergy.activities import Activities


@dataclass(frozen=True)
class Actor:
    """Somebody of an activity, with the input row that says so."""

    key: str
    kind: str
    name: str
    region: str
    brings: tuple[str, ...]
    place: str


@dataclass(frozen=True)
class Capacity:
    """A capacity of an activity: held, from elsewhere, missing or unknown at home, and who holds it."""

    code: str
    name: str
    state: str
    holders: tuple[str, ...]


@dataclass(frozen=True)
class Criterion:
    """A criterion of a transformative activity; ``met`` is None when it is unknown."""

    name: str
    value: float | None
    unit: str
    bar: str
    met: bool | None
    why: str


@dataclass(frozen=True)
class Facts:
    """What is known of one activity; regions home first.

    ``carried``: the stage is from an earlier run or from people; ``actions`` are (action, what suggests it, evidence);
    ``strategies`` says of each region whether its strategy declares the topic.
    """

    activity_id: str
    name: str
    topic_id: str
    topic: str
    home: str
    about: str
    regions: tuple[str, ...]
    countries: tuple[str, ...]
    direction: str
    rule: str
    stage: str
    carried: bool
    note: str
    actors: tuple[Actor, ...]
    capacities: tuple[Capacity, ...]
    criteria: tuple[Criterion, ...]
    actions: tuple[tuple[str, str, str], ...]
    strategies: Mapping[str, str]
    region_names: Mapping[str, str]

    @cached_property
    def words(self) -> dict[str, str]:
        """What the placeholders of a template stand for."""
        return {
            "activity": self.name,
            "topic": self.topic,
            "home": self.place(self.home),
            "regions": ", ".join(self.place(region) for region in self.regions),
            "countries": ", ".join(self.countries),
            "direction": self.direction,
            "holders": ", ".join(map(self.place, self.holders)) or "other regions",
        }

    @cached_property
    def holders(self) -> tuple[str, ...]:
        """The regions that hold a capacity which comes from elsewhere, those named first for a capacity first."""
        found = [c.holders for c in self.capacities if c.state == "from elsewhere"]
        nearest = [holders[0] for holders in found if holders]
        return tuple(dict.fromkeys([*nearest, *(region for holders in found for region in holders)]))

    def place(self, region: str) -> str:
        """Return a region as 'Salzburg (AT32)'."""
        return f"{self.region_names[region]} ({region})" if region in self.region_names else region


def facts_of(
    activities: Activities,
    topics: pd.DataFrame,
    region_names: Mapping[str, str],
    strategies: Mapping[str, str],
    chosen: str,
) -> Facts:
    """Read one activity out of the frames of ``Activities``.

    ``topics`` is the frame of the topics; ``strategies`` says of each region how its strategy stands to the topic.
    """
    row = activities.frame.set_index("activity_id").loc[chosen]
    topic_names = topics.set_index("topic_id")["name"]
    return Facts(
        activity_id=chosen,
        name=str(row["name"]),
        topic_id=_text(row["topic_id"]),
        topic=str(topic_names.get(row["topic_id"], row["name"])),
        home=str(row["home"]),
        about=_text(row["about"]),
        regions=split_codes(row["regions"]),
        countries=tuple(sorted(split_codes(row["countries"]))),
        direction=_text(row["direction"]) or "unknown",
        rule=_text(row["rule"]),
        stage=_text(row["stage"]) or "evidence base",
        carried=_is_carried(activities.history, chosen),
        note=_text(row["note"]),
        actors=tuple(
            Actor(str(key), str(kind), str(name), _text(region), split_codes(brings), f"{table}.csv:{line}")
            for key, kind, name, region, brings, table, line in _rows(
                activities.actors, chosen, "actor_id", "kind", "name", "region_id", "brings", "table", "row"
            )
        ),
        capacities=tuple(
            Capacity(str(code), str(name), str(state), tuple(split_codes(holders)))
            for code, name, state, holders in _rows(activities.capacities, chosen, "code", "name", "state", "holders")
        ),
        criteria=tuple(
            Criterion(str(name), _number(value), _text(unit), _text(bar), _truth(met), _text(why))
            for name, value, unit, bar, met, why in _rows(
                activities.criteria, chosen, "criterion", "value", "unit", "bar", "met", "why"
            )
        ),
        actions=tuple(
            (str(action), str(of), str(basis))
            for action, of, basis in _rows(activities.actions, chosen, "action", "of", "evidence")
        ),
        strategies=strategies,
        region_names=region_names,
    )


def _is_carried(history: pd.DataFrame, activity: str) -> bool:
    return bool((history.loc[history["activity_id"] == activity, "change"] != "new").any())


def _rows(frame: pd.DataFrame, activity: str, *columns: str) -> list[tuple[object, ...]]:
    return list(frame.loc[frame["activity_id"] == activity, list(columns)].itertuples(index=False, name=None))


def _text(value: object) -> str:
    return "" if value is None or value is pd.NA or value != value else str(value)


def _number(value: object) -> float | None:
    return None if value is None or value is pd.NA or value != value else float(value)  # type: ignore[arg-type]


def _truth(value: object) -> bool | None:
    return None if value is None or value is pd.NA or value != value else bool(value)
