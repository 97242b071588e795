"""Programmes as they stand in the tables: whom they fund, at which rate, when, and what they need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from synergy.funding.windows import Window, clock_of, windows_of
from synergy.tables.fields import split_codes
from synergy.tables.study import Study

SME_SIZES = ("micro", "small", "medium", "sme")
CENTS = 100
EURO = "EUR"


@dataclass(frozen=True)
class Need:
    """At least so many partners of a kind, in the programme's region (home) or in the whole project."""

    who: str
    where: str
    minimum: int
    row: int


@dataclass(frozen=True)
class Rate:
    """What a programme says of a kind and size: ``rate`` 0 is not eligible, None eligible at an unknown rate."""

    rate: float | None
    row: int


@dataclass(frozen=True)
class Programme:
    """One programme; what is not known is None. Amounts are cents of a euro; ``own_budget`` is in its currency."""

    programme_id: str
    region_id: str
    name: str
    funder: str | None
    codes: tuple[str, ...]
    any_theme: bool | None
    currency: str
    exchange: float | None
    exchange_date: str | None
    own_budget: float | None
    budget: int | None
    min_grant: int | None
    max_grant: int | None
    partner_cost: int | None
    decision_weeks: int | None
    earliest_start: str | None
    max_months: int | None
    trl_min: int | None
    trl_max: int | None
    unfunded_partner: bool | None
    external_evaluation: bool | None
    rates: Mapping[tuple[str, str | None], Rate]
    needs: tuple[Need, ...]
    windows: tuple[Window, ...]
    source: str | None
    row: int

    @property
    def illustrative(self) -> bool:
        """Whether its source says that it is made up to show what a programme looks like."""
        return self.source is not None and "illustrative" in self.source.casefold()

    def rate(self, kind: str, size: str | None) -> Rate | None:
        """Return what is said of a kind and size: of the size, else of SMEs, else of every size; None if nothing is."""
        for asked in (size, "sme" if size in SME_SIZES else None, None):
            if (kind, asked) in self.rates:
                return self.rates[kind, asked]
        return None


def programmes_of(study: Study) -> tuple[Programme, ...]:
    """Return the programmes of a study, sorted by id; windows on the clock of ``clock_of``."""
    windows = windows_of(study, clock_of(study))
    table = study["exchange_rates"]
    exchange: dict[str, tuple[float | None, str | None]] = {
        currency: (float(euro), day)
        for currency, euro, day in table[["currency", "euro", "date"]].itertuples(index=False, name=None)
    }
    rates = _rates(study)
    needs = _needs(study)
    found = [
        _programme(int(row), {name: None if pd.isna(cell) else cell for name, cell in cells.items()}, exchange, rates,
                   needs, windows)
        for row, cells in zip(study["programmes"].index, study["programmes"].to_dict("records"), strict=True)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda programme: programme.programme_id))


def _programme(
    row: int,
    cells: dict[str, Any],
    exchange: Mapping[str, tuple[float | None, str | None]],
    rates: Mapping[str, Mapping[tuple[str, str | None], Rate]],
    needs: Mapping[str, tuple[Need, ...]],
    windows: Mapping[str, tuple[Window, ...]],
) -> Programme:
    key = cells["programme_id"]
    currency = cells.pop("currency") or EURO
    worth, day = (1.0, None) if currency == EURO else exchange.get(currency, (None, None))
    own = cells.pop("budget")
    money: dict[str, Any] = {each: _euro(cells.pop(each), worth) for each in ("min_grant", "max_grant", "partner_cost")}
    truths: dict[str, Any] = {
        each: _truth(cells.pop(each)) for each in ("any_theme", "unfunded_partner", "external_evaluation")
    }
    counts = ("decision_weeks", "max_months", "trl_min", "trl_max")
    numbers: dict[str, Any] = {each: None if (value := cells.pop(each)) is None else int(value) for each in counts}
    return Programme(
        **{**cells, "codes": split_codes(cells["codes"])},
        **money,
        **truths,
        **numbers,
        currency=currency,
        exchange=worth,
        exchange_date=day,
        own_budget=own,
        budget=_euro(own, worth),
        rates=rates.get(key, {}),
        needs=needs.get(key, ()),
        windows=windows.get(key, ()),
        row=row,
    )


def _euro(amount: float | None, worth: float | None) -> int | None:
    """Return an amount in whole cents of a euro; unknown where the exchange rate is."""
    return None if amount is None or worth is None else round(amount * worth * CENTS)


def _truth(cell: str | None) -> bool | None:
    return None if cell is None else cell == "yes"


def _rates(study: Study) -> dict[str, dict[tuple[str, str | None], Rate]]:
    found: dict[str, dict[tuple[str, str | None], Rate]] = {}
    columns = ["programme_id", "kind", "size", "rate"]
    for row, programme, kind, size, rate in study["funding_rates"][columns].itertuples(name=None):
        said = Rate(None if pd.isna(rate) else float(rate), int(row))
        found.setdefault(programme, {})[kind, None if pd.isna(size) else size] = said
    return found


def _needs(study: Study) -> dict[str, tuple[Need, ...]]:
    found: dict[str, list[Need]] = {}
    columns = ["programme_id", "who", "where", "minimum"]
    for row, programme, who, where, minimum in study["partner_needs"][columns].itertuples(name=None):
        found.setdefault(programme, []).append(Need(who, where, int(minimum), int(row)))
    return {programme: tuple(needs) for programme, needs in found.items()}
