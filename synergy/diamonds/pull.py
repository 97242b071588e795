"""The signs of opportunity: market pull, as far as the tables can say; they hold no sales, exports or demand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from synergy.diamonds.area import Area
from synergy.diamonds.field import Field
from synergy.diamonds.measures import employed, unit_of
from synergy.diamonds.sign import HALF, Sign, sign_of, unknown_sign

CORNER = "opportunity"
GROWTH, MARKET, ASKED = "growth of the field", "the field around", "strategies around"


def opportunity(area: Area, field: Field) -> list[Sign]:
    """Whether the field grows there, how much of it is within 250 km, and how many strategies there ask for it."""
    return [_growth(area, field), _market(area, field), _asked(area, field)]


def _growth(area: Area, field: Field) -> Sign:
    """What the field has gained since the earliest year of the table; unknown when that holds one year.

    The quotient is the field's growth in the region over the growth of all activities of all regions.
    """
    unit = f"{unit_of(area)} more"
    if area.before is None or not field.activities:
        return unknown_sign(CORNER, GROWTH, unit, len(area.ids))
    now = area.activity
    then = area.before.activity.reindex(index=now.index, columns=now.columns)
    both = now.notna() & then.notna()
    now, then = now.where(both), then.where(both)
    (after, known), (prior, _) = employed(area, field, now), employed(area, field, then)
    known = known & (prior > 0)
    whole = np.nansum(now.to_numpy(dtype=float)) / np.nansum(then.to_numpy(dtype=float)) if known.any() else np.nan
    sign = sign_of(CORNER, GROWTH, unit, known, own=np.maximum(after - prior, 0.0))
    with np.errstate(invalid="ignore", divide="ignore"):
        quotient = np.where(known, after / prior / whole, np.nan)
    return replace(sign, quotient=quotient)


def _market(area: Area, field: Field) -> Sign:
    """What the other regions have of the field, each weighted exp(-d/100 km) up to 250 km (Harris 1954).

    The quotient is its share of all activity there over its share in the area. Unknown where less than half of the
    weight of the regions around is known.
    """
    amount, told = employed(area, field, area.activity)
    known = _half_known(area.near, told)
    items = area.near * np.where(told, amount, 0.0)
    whole = np.nansum(area.activity.to_numpy(dtype=float), axis=1)
    size = area.near @ np.where(told, whole, 0.0)
    if not known.any():
        return unknown_sign(CORNER, MARKET, f"{unit_of(area)}, nearer ones more", len(area.ids))
    return sign_of(CORNER, MARKET, f"{unit_of(area)}, nearer ones more", known, shared=items, size=size)


def _asked(area: Area, field: Field) -> Sign:
    """How many strategies other than its own name the field within 250 km, out of those that are known there."""
    stated = area.strategies
    naming = set(stated.loc[stated["node"].isin(field.nodes), "unit"])
    if not naming:
        return unknown_sign(CORNER, ASKED, "strategies", len(area.ids))
    columns, units = pd.factorize(stated["unit"], sort=True)
    own = np.zeros((len(area.ids), len(units)))
    own[[area.position[region] for region in stated["region_id"]], columns] = 1.0
    close = area.near > 0
    seen = np.where(own > 0, 0.0, ((close @ own) > 0).astype(float))
    told = area.located.strategy_known.reindex(list(area.ids)).to_numpy(dtype=bool)
    asks = seen * np.array([unit in naming for unit in units], dtype=float)
    known = _half_known(close.astype(float), told) & (seen.sum(axis=1) > 0)
    return sign_of(CORNER, ASKED, "strategies", known, shared=asks, size=seen.sum(axis=1))


def _half_known(weight: np.ndarray, told: np.ndarray) -> np.ndarray:
    whole = weight.sum(axis=1)
    return np.asarray((whole > 0) & (weight @ told >= HALF * whole))
