"""The direction of change: which of the four labels of the field fits, by which rule, with which numbers."""

from __future__ import annotations

from dataclasses import dataclass

DIRECTIONS = ("modernisation", "diversification", "transition", "radical foundation")
UNKNOWN = "unknown"
NO_CHANGE = "no change"

PRESENT = 1.0
"""Location quotient from which a region holds an activity."""
SEVERAL = 2
"""From so many capabilities of one field on, a change builds on the field and not on a single source."""
STRONG_SOURCE = 0.2
"""Relatedness beyond chance from which a held activity is a strong source."""


@dataclass(frozen=True)
class Source:
    """An activity that the region holds and that is related to the target beyond chance.

    ``field_quotient``: location quotient of the source's whole field; ``field_growth``: its relative change between
    the first and the last year, both None where unknown.
    """

    name: str
    field: str
    relatedness: float
    field_quotient: float | None = None
    field_growth: float | None = None


@dataclass(frozen=True)
class Standing:
    """Where a region stands towards a target activity; None is unknown.

    ``quotient``: location quotient of the target; ``technology``: the region's projects on the target's field;
    ``density``: relatedness density around the target in percent, ``chance`` what it would be if related activities
    were held as often as any; ``sources``: held activities related to the target.
    """

    target: str
    quotient: float | None
    technology: int | None = None
    density: float | None = None
    chance: float | None = None
    sources: tuple[Source, ...] = ()


def direction(at: Standing) -> tuple[str, str]:
    """Return (label, rule): the direction of change and the rule that fired in words, with its numbers.

    The four labels are those of Piirainen et al. (2017); the rules are our own:

    - present (LQ >= 1) and at least one project on the field: modernisation; without a project: no change
    - absent, density below chance or no held activity related by STRONG_SOURCE: radical foundation
    - absent, density at or above chance, SEVERAL or more capabilities of the leading source field, which is strong
      (LQ >= 1) or declining: transition
    - absent, density at or above chance, otherwise: diversification from the strongest source

    The leading source field is the one whose held activities sum up to most relatedness. A figure that a rule needs
    and that is unknown makes the direction unknown.

    >>> direction(Standing("Trains", 1.4, technology=3))
    ('modernisation', 'Trains present (LQ 1.40 >= 1) and 3 projects bring new technology')
    >>> direction(Standing("Trains", 0.2, density=12.0, chance=30.0))[0]
    'radical foundation'
    """
    if at.quotient is None:
        return UNKNOWN, f"the location quotient of {at.target} is unknown"
    if at.quotient >= PRESENT:
        return _present(at)
    absent = f"{at.target} absent (LQ {at.quotient:.2f} < 1)"
    if at.density is None or at.chance is None:
        return UNKNOWN, f"{absent}; relatedness density unknown"
    if at.density < at.chance:
        return "radical foundation", f"{absent}, density {at.density:.1f} % below chance ({at.chance:.1f} %)"
    near = f"{absent}, density {at.density:.1f} % at or above chance ({at.chance:.1f} %)"
    best = max((source.relatedness for source in at.sources), default=0.0)
    if best < STRONG_SOURCE:
        strongest = f"the strongest source is {best:.2f} related" if at.sources else "nothing held is related"
        return "radical foundation", f"{near}, but {strongest} beyond chance (below {STRONG_SOURCE})"
    return _absent(near, at.sources)


def _present(at: Standing) -> tuple[str, str]:
    present = f"{at.target} present (LQ {at.quotient:.2f} >= 1)"
    if at.technology is None:
        return UNKNOWN, f"{present}; projects on its field unknown"
    if at.technology == 0:
        return NO_CHANGE, f"{present}, but no project brings new technology"
    projects = "1 project brings" if at.technology == 1 else f"{at.technology} projects bring"
    return "modernisation", f"{present} and {projects} new technology"


def _absent(near: str, sources: tuple[Source, ...]) -> tuple[str, str]:
    weight: dict[str, float] = {}
    for source in sources:
        weight[source.field] = weight.get(source.field, 0.0) + source.relatedness
    leading = min(weight, key=lambda field: (-weight[field], field))
    inside = sorted((s for s in sources if s.field == leading), key=lambda s: (-s.relatedness, s.name))
    best = min(sources, key=lambda s: (-s.relatedness, s.name))
    if len(inside) < SEVERAL:
        single = f"one strong source: {best.name} (relatedness {best.relatedness:.2f})"
        return "diversification", f"{near}, {single}"
    named = ", ".join(source.name for source in inside)
    several = f"{len(inside)} capabilities of {leading} ({named})"
    quotient, growth = inside[0].field_quotient, inside[0].field_growth
    if quotient is not None and quotient >= PRESENT:
        return "transition", f"{near}, {several}, a strong field (LQ {quotient:.2f})"
    if growth is not None and growth < 0:
        return "transition", f"{near}, {several}, a declining field ({growth:+.1%})"
    if quotient is None:
        return UNKNOWN, f"{near}, {several}; whether that field is strong is unknown"
    return "diversification", (
        f"{near}, {several}, a field neither strong (LQ {quotient:.2f}) nor known to decline; strongest source "
        f"{best.name} (relatedness {best.relatedness:.2f})"
    )
