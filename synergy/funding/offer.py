"""What is offered to a call: proposals with their partners, from the study's table."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from synergy.funding.theme import Theme, coverage
from synergy.funding.words import CENTS
from synergy.tables.fields import Fields, split_codes
from synergy.tables.study import Study


@dataclass(frozen=True)
class Partner:
    """A partner of a proposal; ``cost`` in whole cents of a euro. What is not known is None."""

    name: str
    region_id: str
    kind: str | None
    size: str | None
    cost: int | None
    place: str


@dataclass(frozen=True)
class Proposal:
    """A proposal, its score and its partners."""

    proposal_id: str
    score: float
    partners: tuple[Partner, ...]


@dataclass(frozen=True)
class Offer:
    """Proposals, where they come from, and what was assumed of them; ``left_out`` are (what, why)."""

    proposals: tuple[Proposal, ...]
    source: str
    illustrative: bool
    assumptions: tuple[str, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()


def offer_of_table(study: Study, theme: Theme, fields: Fields, fit: float) -> Offer | None:
    """Return the proposals of the study's table that cover a theme; None where the table is empty.

    A proposal without themes is taken. One that covers less of the theme than ``fit`` is left out, and told.
    """
    table = study["proposals"]
    if table.empty:
        return None
    kept, left_out = [], []
    for key, rows in table.groupby("proposal_id", sort=True):
        share = coverage(theme.codes, split_codes(rows["codes"].iloc[0]), fields)
        if share is not None and share < fit:
            left_out.append((str(key), f"its themes cover {share:.0%} of the topic"))
            continue
        partners = tuple(
            Partner(
                str(_known(name) or f"a partner in {region}"), region, _known(kind), _known(size), _cents(cost),
                f"{study.file_of('proposals')}:{row}",
            )
            for row, name, region, kind, size, cost in rows[
                ["partner", "region_id", "kind", "size", "cost"]
            ].itertuples(name=None)
        )  # fmt: skip
        kept.append(Proposal(str(key), float(rows["score"].iloc[0]), partners))
    sources = table["source"].fillna("").str.casefold()
    return Offer(
        tuple(kept),
        "the study's table of proposals",
        bool(sources.str.contains("illustrative").any()),
        (),
        tuple(left_out),
    )


def _known(cell: object) -> str | None:
    return cell if isinstance(cell, str) else None


def _cents(cost: float) -> int | None:
    return None if pd.isna(cost) else round(cost * CENTS)
