"""Which programme funds the partners of which region."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from synergy.errors import UnknownName
from synergy.funding.programmes import Programme
from synergy.tables.places import Places

OWN = "own"
IN_IT = ", which lies in it"


@dataclass(frozen=True)
class Served:
    """A region and the programme that funds its partners, None where there is none, with the reason.

    ``basis`` is 'own', 'of DE1, which it lies in', or 'of CH022 alone, which lies in it': then only the partners of
    that part are funded (``in_part``). ``others`` are programmes that could as well.
    """

    region_id: str
    programme_id: str | None
    basis: str
    others: tuple[str, ...] = ()
    in_part: bool = False


def known_regions(places: Places, regions: Iterable[str]) -> tuple[str, ...]:
    """Return regions, sorted, each once; UnknownName for one that the study does not have.

    One above the analysed level stands for the analysed regions that lie in it, where there are any.
    """
    inside: dict[str, list[str]] = {}
    for region in places.regions:
        for above in places.ancestors(region):
            inside.setdefault(above, []).append(region)
    chosen: set[str] = set()
    for region in sorted(set(regions)):
        if region not in places.levels:
            raise UnknownName("region", region, places.levels)
        chosen.update(inside.get(region, [region]))
    return tuple(sorted(chosen))


def serve(
    places: Places,
    regions: Iterable[str],
    programmes: Iterable[Programme],
    fits: Mapping[str, float | None],
    bar: float,
) -> tuple[Served, ...]:
    """Return for each region the programme that covers the theme best; of equals the nearest in the hierarchy.

    A programme serves its own region, those that lie in it, and those it lies in (in part). It can fund the theme where
    its fit is at least ``bar``; an unknown fit is none.
    """
    by_region: dict[str, list[Programme]] = {}
    for programme in programmes:
        by_region.setdefault(programme.region_id, []).append(programme)
    parts: dict[str, list[str]] = {}
    for region in by_region:
        for above in places.ancestors(region):
            parts.setdefault(above, []).append(region)
    return tuple(_serve(places, region, by_region, sorted(parts.get(region, ())), fits, bar) for region in regions)


def _serve(
    places: Places,
    region: str,
    by_region: Mapping[str, list[Programme]],
    parts: Iterable[str],
    fits: Mapping[str, float | None],
    bar: float,
) -> Served:
    near = [(region, OWN)]
    near += [(above, f"of {above}, which it lies in") for above in places.ancestors(region)]
    near += [(part, f"of {part} alone{IN_IT}") for part in parts]
    offers = [
        (-(fits[one.programme_id] or 0.0), distance, one.programme_id, basis)
        for distance, (place, basis) in enumerate(near)
        for one in by_region.get(place, ())
    ]
    good = sorted(offer for offer in offers if -offer[0] >= bar)
    if good:
        spare = tuple(offer[2] for offer in good[1:])
        return Served(region, good[0][2], good[0][3], spare, good[0][3].endswith(IN_IT))
    if not offers:
        return Served(region, None, "no programme of it is known")
    best = min(offers)
    fit = fits[best[2]]
    said = "are not known" if fit is None else f"cover {fit:.0%} of the topic"
    return Served(region, None, f"the themes of {best[2]} {said}")
