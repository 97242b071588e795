"""Who speaks for an analysed region, when people were asked at other levels than the one that is analysed."""

from __future__ import annotations

from collections.abc import Sequence

from synergy.tables.places import Places


def heard(places: Places, asked: Sequence[str], region: str) -> tuple[str, ...]:
    """Return the asked regions that speak for an analysed one: itself, else those in it, else the nearest around it.

    Around it is as far as strategies roll down (``Places.inherits``). Empty when nobody speaks for it.

    >>> import pandas as pd
    >>> places = Places.of(pd.DataFrame({
    ...     "region_id": ["IT", "ITH", "ITH2", "ITH3", "ITH31"], "level": [0, 1, 2, 2, 3],
    ...     "parent_id": [None, "IT", "ITH", "ITH", "ITH3"], "country": "IT", "lat": 46.0, "lon": 11.0,
    ... }))
    >>> asked = ("IT", "ITH", "ITH31")
    >>> heard(places, asked, "ITH3"), heard(places, asked, "ITH2"), heard(places, ("IT",), "ITH2")
    (('ITH31',), ('ITH',), ())
    """
    if region in asked:
        return (region,)
    inside = tuple(other for other in asked if region in places.ancestors(other))
    around = tuple(above for above in places.inherits(region) if above in asked)
    return inside or around[:1]
