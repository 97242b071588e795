"""The one form of all rules of consortia, and three-valued answers to who is meant by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from synergy.consortia.pool import Pool

Mask = NDArray[np.bool_]

DIFFERENT = {"countries": "country", "regions": "region", "kinds": "kind", "owners": "owner"}
COUNTS = ("partners", *DIFFERENT, "cost", "share", "people")
PER = ("partner", "country", "region", "kind", "owner")
WHO = ("id", "kind", "size", "country", "region", "region_kind", "owner")
UNKNOWN = ("confirm", "refuse")
MARKS = {"F": "found in a public source", "B": "general knowledge of the field", "own": "our own or the user's"}


@dataclass(frozen=True)
class Rule:
    """One rule: what is counted, among whom, and between which limits.

    ``counts``: partners; different countries, regions, kinds or owners; cost (their sum); share (of the whole cost);
    or people: nothing that data can say, so people have to confirm it. ``who`` narrows it to members with one of the
    values of each attribute. ``per`` sets the maximum for each partner, country, … apart. ``every`` asks all members
    to be ``who``. A member whose attribute is not known may or may not be meant: with ``unknown`` = confirm the rule
    is kept unless it is surely broken, and told as *to be confirmed* while it is not surely kept; with refuse only
    what is surely kept is accepted.
    """

    id: str
    says: str
    counts: str
    min: float | None = None
    max: float | None = None
    who: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    per: str | None = None
    every: bool = False
    unknown: str = "confirm"
    source: str = ""
    date: str = ""
    mark: str = "own"


@dataclass(frozen=True, repr=False)
class RuleSet:
    """The rules of one scheme, dated and with their source."""

    name: str
    title: str
    date: str
    source: str
    rules: tuple[Rule, ...]
    note: str = ""

    def to_frame(self) -> pd.DataFrame:
        """Return one row per rule: rule, says, counts, per, who, min, max, unknown, mark, source, date."""
        rows = [
            (one.id, one.says, one.counts, one.per, told(one.who), one.min, one.max, one.unknown, one.mark,
             one.source, one.date)
            for one in self.rules
        ]  # fmt: skip
        columns = ["rule", "says", "counts", "per", "who", "min", "max", "unknown", "mark", "source", "date"]
        return pd.DataFrame(rows, columns=columns)

    def __len__(self) -> int:
        return len(self.rules)

    def __repr__(self) -> str:
        return f"RuleSet({self.name!r}: {len(self)} rules, {self.date})"


def told(who: Mapping[str, tuple[str, ...]]) -> str:
    """Return in words who is meant.

    >>> told({"kind": ("firm",), "size": ("small", "medium")})
    'kind firm; size small or medium'
    """
    return "; ".join(f"{attribute} {' or '.join(values)}" for attribute, values in who.items())


def meant(
    pool: Pool, who: Mapping[str, tuple[str, ...]], members: Sequence[int] | NDArray[np.int64] | None = None
) -> tuple[Mask, Mask]:
    """Return (surely, possibly): which members (all candidates if None) are meant for sure, and as far as is known.

    >>> pool = Pool.from_frames(pd.DataFrame({"candidate_id": ["a", "b", "c"], "kind": ["firm", None, "public"]}),
    ...                         pd.DataFrame(columns=["candidate_id", "capacity", "quality"]))
    >>> [mask.tolist() for mask in meant(pool, {"kind": ("firm",)})]
    [[True, False, False], [True, True, False]]
    """
    at = range(len(pool)) if members is None else members
    surely, possibly = np.ones(len(at), dtype=bool), np.ones(len(at), dtype=bool)
    for attribute, values in who.items():
        known, among = pool.values[attribute], frozenset(values)
        surely &= np.array([known[one] in among for one in at], dtype=bool)
        possibly &= np.array([known[one] is None or known[one] in among for one in at], dtype=bool)
    return surely, possibly
