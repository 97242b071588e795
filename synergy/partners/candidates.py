"""The partners that there are for a topic or an activity: a pool to search, with its rows and what it lacks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from synergy.activities.ground import Ground
from synergy.consortia import Pool
from synergy.partners.links import links_of, rows_of
from synergy.partners.people import everybody, resolved, ties_of
from synergy.partners.subject import Subject
from synergy.scores import PairScores

EVIDENCE = ("candidate_id", "capacity", "quality", "table", "row", "what")


@dataclass(frozen=True, eq=False)
class Register:
    """All that the tables say of possible partners, read once for any number of subjects."""

    ground: Ground
    scores: PairScores

    @cached_property
    def people(self) -> pd.DataFrame:
        """Everybody who is named, by candidate_id."""
        return everybody(self.ground.located)

    @cached_property
    def rows(self) -> pd.DataFrame:
        """Every row that says that somebody holds a capacity."""
        return rows_of(self.ground)

    @cached_property
    def complementarity(self) -> pd.DataFrame:
        """Regions x regions: the mean of what each brings the other; missing where it is not known."""
        frame = self.scores.frame
        both = frame[["complementarity_a_from_b", "complementarity_b_from_a"]].mean(axis=1, skipna=False)
        half = pd.DataFrame({"a": frame["region_a"], "b": frame["region_b"], "value": both})
        whole = pd.concat([half, half.rename(columns={"a": "b", "b": "a"})])
        return whole.pivot(index="a", columns="b", values="value").sort_index(axis=0).sort_index(axis=1)


@dataclass(frozen=True, eq=False, repr=False)
class Partners:
    """Who could take part: ``pool`` from the subject's regions; ``outside``, made when asked for, from all others.

    ``people`` has a row per candidate of both, with the table and row that name it and whether its kind was read from
    its name. ``unnamed`` are regions of the subject in which the data name nobody with a capacity of it, ``missing``
    the capacities that no candidate of the pool holds: neither is filled in.
    """

    register: Register
    subject: Subject
    pool: Pool
    people: pd.DataFrame
    unnamed: tuple[str, ...]
    missing: tuple[str, ...]

    @cached_property
    def outside(self) -> Pool:
        """Who holds a capacity in a region that is not the subject's."""
        others = self.people[~self.people["candidate_id"].isin(self.pool.ids)]
        return _pool(self.register, self.subject, others)

    def to_frame(self) -> pd.DataFrame:
        """Return the candidates of the pool, one row each, with the table and row that name them."""
        return self.people[self.people["candidate_id"].isin(self.pool.ids)].reset_index(drop=True)

    def __len__(self) -> int:
        return len(self.pool)

    def __repr__(self) -> str:
        return f"Partners({self.subject.id}: {self.pool!r}, {len(self.people) - len(self)} outside)"


def partners_for(register: Register, subject: Subject, also: Iterable[str] = ()) -> Partners:
    """Return the partners for a subject; ``also`` are taken into the pool wherever they are and whatever they hold."""
    people, rows = register.people, register.rows
    wanted = resolved(also, people["candidate_id"])
    holders = rows.loc[rows["capacity"].isin(subject.capacities["capacity"]), "candidate_id"]
    holding = people["candidate_id"].isin(holders)
    inside = (holding & people["region"].isin(subject.regions)) | people["candidate_id"].isin(wanted)
    pool = _pool(register, subject, people[inside])
    named = set(people.loc[inside, "region"])
    return Partners(
        register, subject, pool, people[inside | holding].reset_index(drop=True),
        unnamed=tuple(region for region in subject.core if region not in named),
        missing=tuple(code for code in subject.capacities["capacity"] if code not in pool.capacities),
    )  # fmt: skip


def _pool(register: Register, subject: Subject, people: pd.DataFrame) -> Pool:
    rows = register.rows
    held = rows["capacity"].isin(subject.capacities["capacity"])
    own = rows[held & rows["candidate_id"].isin(people["candidate_id"])]
    links = links_of(own)
    pool = Pool.from_frames(people[["candidate_id", "name", "region", "country", "kind", "size"]], links)
    return replace(
        pool,
        capacity_names=dict(subject.capacities[["capacity", "name"]].itertuples(index=False, name=None)),
        evidence=own.merge(links, on=["candidate_id", "capacity"])[list(EVIDENCE)],
        ties=ties_of(register.ground.located, pool.ids),
        complementarity=register.complementarity,
    )
