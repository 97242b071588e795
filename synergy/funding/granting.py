"""From costs to grants: rates, lowest and highest grants, in whole cents, and who is not eligible and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from synergy.errors import DataError, UsageError, closest
from synergy.funding.cents import amount_problems, is_unknown
from synergy.tables.problems import Problem, Problems

Rate = Fraction | Decimal | float | str
COLUMNS = ("proposal_id", "region_id", "kind", "cost")


@dataclass(frozen=True, repr=False, eq=False)
class Grants:
    """What proposals ask of each region after its rules.

    ``asked`` has one row per eligible proposal (index proposal_id) and one column per region, whole cents.
    ``refused`` says why others are not eligible: proposal_id, region_id, reason. ``capped`` lists where the highest
    grant is below what the rates give: proposal_id, region_id, by_rates, granted.
    """

    asked: pd.DataFrame
    refused: pd.DataFrame
    capped: pd.DataFrame

    def with_scores(self, scores: Mapping[str, float]) -> pd.DataFrame:
        """Return the eligible proposals with their scores, as `select` takes them; an unscored one has no value."""
        frame = self.asked.reset_index()
        frame.insert(1, "score", [scores.get(one) for one in frame["proposal_id"]])
        return frame

    def __repr__(self) -> str:
        return f"Grants({len(self.asked)} eligible, {self.refused['proposal_id'].nunique()} refused)"


def grants(
    costs: pd.DataFrame,
    rates: Mapping[tuple[str, str], Rate],
    minimum: Mapping[str, int] | None = None,
    maximum: Mapping[str, int] | None = None,
) -> Grants:
    """Apply funding rates and limits to the partners' eligible costs.

    ``costs`` has one row per partner: proposal_id, region_id, kind, cost in whole cents. ``rates`` gives the share that
    a region funds of a kind's costs, above 0 and up to 1, taken as the decimal that it is written as. Per proposal and
    region

        grant = min(maximum, sum over partners of floor(rate x cost)).

    Rounding is down, so that no rate is passed by a part of a cent. A kind without a rate in the region, or a grant
    below ``minimum`` (also one of 0), makes the whole proposal not eligible, with the reason. Limits are by region in
    whole cents; a region without one has none.

    Raises DataError with every problem: S531 a column that is missing, S532 an id that is empty, S534 and S535 money
    that is unknown or no whole cents, S537 a region without any rate, S538 a rate that is none, S539 a lowest grant
    above the highest.

    >>> costs = pd.DataFrame({"proposal_id": ["p", "p"], "region_id": ["AT32", "ITH3"],
    ...                       "kind": ["firm", "research"], "cost": [10_001, 5_000]})
    >>> grants(costs, {("AT32", "firm"): 0.35, ("ITH3", "research"): "1"}).asked
                 AT32  ITH3
    proposal_id
    p            3500  5000
    """
    lowest, highest = dict(minimum or {}), dict(maximum or {})
    problems = [*_problems(costs, rates), *_limits(lowest, highest, {region for region, _ in rates})]
    if problems:
        raise DataError(Problems(tuple(problems)))
    exact = {key: exact_rate(rate) for key, rate in rates.items()}
    regions = sorted({region for region, _ in rates})
    ids = list(dict.fromkeys(map(str, costs["proposal_id"])))
    by_rates = dict.fromkeys(((one, region) for one in ids for region in regions), 0)
    involved: dict[tuple[str, str], None] = {}
    refused = []
    for one, region, kind, cost in costs[list(COLUMNS)].itertuples(index=False):
        key = str(one), str(region)
        involved[key] = None
        rate = exact.get((str(region), str(kind)))
        if rate is None:
            refused.append((*key, f"{region} funds no {kind}"))
        else:
            by_rates[key] += int(rate * int(cost))
    capped = []
    out = {one for one, *_ in refused}
    for key in involved:
        one, region = key
        least = max(int(lowest.get(region, 0)), 1)
        granted = min(by_rates[key], int(highest.get(region, by_rates[key])))
        if granted < least and one not in out:
            refused.append((*key, f"its grant of {granted} cents is below the lowest of {region}, {least}"))
        if granted < by_rates[key]:
            capped.append((*key, by_rates[key], granted))
            by_rates[key] = granted
    out = {one for one, *_ in refused}
    kept = [one for one in ids if one not in out]
    table = [[by_rates[one, region] for region in regions] for one in kept]
    return Grants(
        pd.DataFrame(table, index=pd.Index(kept, name="proposal_id", dtype=object), columns=regions, dtype="int64"),
        pd.DataFrame(refused, columns=["proposal_id", "region_id", "reason"]),
        pd.DataFrame(capped, columns=["proposal_id", "region_id", "by_rates", "granted"]),
    )


def exact_rate(rate: Rate) -> Fraction:
    """Return a rate as the decimal that it is written as; UsageError unless it is above 0 and at most 1.

    >>> exact_rate(0.35)
    Fraction(7, 20)
    """
    try:
        exact = rate if isinstance(rate, Fraction) else Fraction(str(rate))
    except (ValueError, ZeroDivisionError):
        exact = Fraction(0)
    if not 0 < exact <= 1:
        raise UsageError(f"the rate is {rate!r}, expected a number above 0 and up to 1")
    return exact


def _problems(costs: pd.DataFrame, rates: Mapping[tuple[str, str], Rate]) -> Iterator[Problem]:
    missing = [column for column in COLUMNS if column not in costs.columns]
    for column in missing:
        yield Problem("costs", 1, column, "S531", "no such column", f"a column {column!r}")
    for region, kind in sorted(rates):
        try:
            exact_rate(rates[region, kind])
        except UsageError:
            found = repr(rates[region, kind])
            yield Problem("rates", None, f"{region} {kind}", "S538", found, "a number above 0 and up to 1")
    if missing:
        return
    known = {region for region, _ in rates}
    for row, (one, region, kind, cost) in enumerate(costs[list(COLUMNS)].itertuples(index=False), start=2):
        for column, text in (("proposal_id", one), ("region_id", region), ("kind", kind)):
            if is_unknown(text) or not str(text).strip():
                yield Problem("costs", row, column, "S532", repr(text), "a text that is not empty")
        if not is_unknown(region) and str(region).strip() and region not in known:
            near = closest(str(region), known)
            hint = f"is {near!r} meant?" if near else None
            yield Problem("costs", row, "region_id", "S537", repr(region), "a region that has a rate", hint)
        yield from amount_problems("costs", row, "cost", cost)


def _limits(lowest: Mapping[str, int], highest: Mapping[str, int], known: set[str]) -> Iterator[Problem]:
    told: list[Problem] = []
    for name, limits in (("minimum", lowest), ("maximum", highest)):
        for region in sorted(limits):
            told += amount_problems(name, None, region, limits[region])
            if region not in known:
                near = closest(region, known)
                hint = f"is {near!r} meant?" if near else None
                told.append(Problem(name, None, region, "S537", repr(region), "a region that has a rate", hint))
    yield from told
    for region in sorted({*lowest} & {*highest}):
        if not told and lowest[region] > highest[region]:
            found = f"{lowest[region]} above {highest[region]}"
            yield Problem("minimum", None, region, "S539", found, "at most the highest grant")
