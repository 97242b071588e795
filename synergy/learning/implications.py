"""What follows from a StressTest for policy: by stated rules, each implication with the figures it rests on."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd

from synergy.learning.findings import interval, lower_first
from synergy.learning.likeness import Group
from synergy.learning.stress import StressTest
from synergy.survey.opinions import MIDDLE, WEAK

OFTEN = 1 / 3
"""From this share of the regions that can tell, a weakness recurs."""
ROLE = "implementation"
"""The area whose answers are set beside what the data hold of clusters and priorities."""


@dataclass(frozen=True)
class Implication:
    """One implication: the rule that made it, what was seen, what to do, the regions and the figures behind it."""

    rule: str
    seen: str
    advice: str
    regions: tuple[str, ...]
    figures: tuple[dict[str, Any], ...]


def implications_of(
    stress: StressTest,
    recurring: pd.DataFrame,
    disagreement: pd.DataFrame,
    groups: tuple[Group, ...],
    pairs: pd.DataFrame,
    unmet: pd.DataFrame,
) -> tuple[Implication, ...]:
    """Return what follows, in the order of the rules: recurring, alike, pairs, unmet, disagreement, data, unknown.

    recurring: an area surely weak in a third or more of the regions that can tell. alike: a group of two regions or
    more that is stable and shares a weak area. pairs: the learning pairs, one implication. unmet: needs for which
    nobody is surely ahead. disagreement: stakeholder types, or directions, that surely differ. data: opinion of the
    clusters' role below the middle where half of the priorities or more have a cluster, or above it where fewer have.
    unknown: areas that are withheld somewhere. The rules and the advice are our own.
    """
    return tuple(
        each
        for part in (
            _recur(stress, recurring), _alike(stress, groups), _learn(pairs), _alone(stress, unmet),
            _differ(stress, disagreement), _beside(stress), _unknown(stress),
        )
        for each in part
    )  # fmt: skip


@cache
def _readings() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("readings.toml").read_text(encoding="utf-8"))


def advice(area: str) -> str:
    """Return what a weak area calls for.

    >>> advice("an area of ours")
    'Ask those who answered low what would have to change, and begin there.'
    """
    return str(_readings()["area"].get(area, _readings()["other"]["text"]))


def _cells(stress: StressTest, area: str, regions: tuple[str, ...]) -> tuple[dict[str, Any], ...]:
    areas = stress.opinions.areas
    chosen = areas[(areas["area"] == area) & areas["region_id"].isin(regions)].sort_values("mean", kind="stable")
    return tuple(
        {"region_id": row["region_id"], "figure": f"{row['title']} {interval(row)}", "n": int(row["n"])}
        for _, row in chosen.iterrows()
    )


def _recur(stress: StressTest, recurring: pd.DataFrame) -> Iterator[Implication]:
    for row in recurring.to_dict("records"):
        able = len(stress.regions) - row["unknown"]
        if row["weak"] > 1 and row["weak"] >= OFTEN * able:
            regions = tuple(row["weak_regions"].split(";"))
            seen = f"{row['title']} is surely below the middle in {row['weak']} of {able} regions that can tell"
            yield Implication("recurring", seen, advice(row["area"]), regions, _cells(stress, row["area"], regions))


def _alike(stress: StressTest, groups: tuple[Group, ...]) -> Iterator[Implication]:
    areas = stress.opinions.areas
    for group in groups:
        mine = areas[areas["region_id"].isin(group.regions)]
        weak = [area for area, rows in mine.groupby("area", sort=False) if (rows["verdict"] == WEAK).all()]
        if len(group.regions) > 1 and group.verdict == "stable" and weak:
            titles = ", ".join(mine.drop_duplicates("area").set_index("area").loc[weak, "title"])
            names = ", ".join(stress.grounds.names[region] for region in group.regions)
            seen = f"{names} lag alike (stability {group.stability:.2f}), all of them in: {titles}"
            figures = tuple(cell for area in weak for cell in _cells(stress, area, group.regions))
            text = (
                "Let them plan one measure together and try it in one of them first; each alone would pay for it anew."
            )
            yield Implication("alike", seen, text, group.regions, figures)


def _learn(pairs: pd.DataFrame) -> Iterator[Implication]:
    if len(pairs):
        load = pairs["teacher"].value_counts()
        seen = (
            f"{len(pairs)} learning pairs: {len(load)} regions teach, none more than {load.max()} times; "
            f"{pairs['learner'].nunique()} learn"
        )
        figures = tuple(
            {"region_id": row.learner, "figure": f"{row.pair_id} {row.title}: {row.reason}", "n": None}
            for row in pairs.itertuples(index=False)
        )
        regions = tuple(sorted({*pairs["teacher"], *pairs["learner"]}))
        text = "Pay for the visits of both sides, and ask each pair for one thing done within half a year."
        yield Implication("pairs", seen, text, regions, figures)


def _alone(stress: StressTest, unmet: pd.DataFrame) -> Iterator[Implication]:
    for area, rows in unmet.groupby("area", sort=True):
        regions = tuple(rows["region_id"])
        names = ", ".join(stress.grounds.names[region] for region in regions)
        seen = f"{rows['title'].iloc[0]}: no teacher for {names} ({rows['reason'].iloc[0]})"
        text = "Look outside the area of the study, or raise what one region teaches."
        yield Implication("unmet", seen, text, regions, _cells(stress, str(area), regions))


def _differ(stress: StressTest, disagreement: pd.DataFrame) -> Iterator[Implication]:
    instrument = stress.opinions.instrument
    for (kind, high, low), rows in _ordered(disagreement):
        regions = tuple(sorted(set(rows["region_id"])))
        names = ", ".join(stress.grounds.names[region] for region in regions)
        words = instrument.stakeholders if kind == "stakeholders" else instrument.directions
        figures = tuple(
            {
                "region_id": row["region_id"],
                "figure": f"{instrument.areas.get(row['area'], 'in all')}: {row['mean_a']:.1f} {words[row['a']]}, "
                f"{row['mean_b']:.1f} {words[row['b']]}; difference {row['difference']:.1f} "
                f"({row['low']:.1f} to {row['high']:.1f})",
                "n": None,
            }
            for row in rows.to_dict("records")
        )
        if kind == "stakeholders":
            areas = ", ".join(dict.fromkeys(str(instrument.areas[area]) for area in rows["area"]))
            sides = f"{lower_first(words[high])} than by {lower_first(words[low])}"
            seen = f"{areas}: surely rated higher by {sides} in {names}"
            text = "Bring the two to one table with these figures before anything is decided on them."
        else:
            seen = f"In {names}, the direction {lower_first(words[high])} is surely rated above that "
            seen += lower_first(words[low])
            text = "Measure the two directions apart, and give the weaker one a task of its own."
        yield Implication("disagreement", seen, text, regions, figures)


def _ordered(rows: pd.DataFrame) -> Iterator[tuple[tuple[str, str, str], pd.DataFrame]]:
    """Group differences by kind and by who sees more."""
    up = rows["difference"] > 0
    keyed = rows.assign(more=rows["a"].where(up, rows["b"]), less=rows["b"].where(up, rows["a"]))
    for (kind, more, less), each in keyed.groupby(["kind", "more", "less"], sort=True):
        yield (str(kind), str(more), str(less)), each


def _beside(stress: StressTest) -> Iterator[Implication]:
    areas = stress.opinions.areas
    said = areas[(areas["area"] == ROLE) & areas["mean"].notna()].set_index("region_id")
    linked = stress.linked.set_index("region_id")
    both = [region for region in said.index if pd.notna(linked.at[region, "share_covered"])]
    sides = (
        ([r for r in both if said.at[r, "high"] < MIDDLE and linked.at[r, "share_covered"] >= 0.5],
         "rate the clusters' role as low although half of the priorities or more have a cluster in the data",
         "The clusters are there: what is missing is a task for them, not another cluster."),
        ([r for r in both if said.at[r, "low"] > MIDDLE and linked.at[r, "share_covered"] < 0.5],
         "rate the clusters' role as high although fewer than half of the priorities have a cluster in the data",
         "Ask which priorities the clusters do not reach, and whether the list of clusters is complete."),
        ([r for r in both if said.at[r, "high"] < MIDDLE and linked.at[r, "share_covered"] < 0.5],
         "rate the clusters' role as low, and fewer than half of the priorities have a cluster in the data",
         "Opinion and data agree. Check that the list of clusters is complete; then build or borrow one for the open "
         "priorities, or narrow these."),
    )  # fmt: skip
    for regions, seen, text in sides:
        if regions:
            names = ", ".join(stress.grounds.names[region] for region in regions)
            figures = tuple(
                {
                    "region_id": region,
                    "figure": f"{said.at[region, 'title']} {interval(said.loc[region])}; "
                    f"{linked.at[region, 'covered']} of {linked.at[region, 'priorities']} priorities with a cluster",
                    "n": int(said.at[region, "n"]),
                }
                for region in regions
            )
            yield Implication("data", f"{names}: people {seen}", text, tuple(regions), figures)


def _unknown(stress: StressTest) -> Iterator[Implication]:
    areas = stress.opinions.areas
    blank = areas[areas["status"] != "shown"]
    if len(blank):
        names = sorted({f"{stress.grounds.names[row.region_id]}: {row.title}" for row in blank.itertuples(index=False)})
        regions = tuple(sorted(set(blank["region_id"])))
        seen = f"Too few could say: {'; '.join(names)}"
        yield Implication("unknown", seen, "Ask more people there before anything is concluded.", regions, ())
