"""Colours, shapes and sizes: colour-blind-safe, the same kind always drawn the same way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

# Okabe & Ito's palette for nodes, Tol's muted one for ties: both safe, and a tie is never taken for a node.
_NODE_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#56B4E9", "#CC79A7", "#D55E00", "#F0E442", "#5A5A5A")
_NODE_SHAPES = ("dot", "diamond", "square", "triangle", "hexagon", "triangleDown", "star")
_TIE_COLOURS = ("#332288", "#CC6677", "#117733", "#AA4499", "#999933", "#882255", "#44AA99", "#B8964A")
_FAMILIAR = ("region", "priority", "cluster", "firm", "code")

_SPACE = (240.0, 55.0)
_RADIUS = (4.5, 22.0)
_WIDTH = (0.8, 3.2)


@dataclass(frozen=True)
class KindStyle:
    """How nodes of one kind look."""

    kind: str
    colour: str
    shape: str
    count: int


@dataclass(frozen=True)
class TieStyle:
    """How the ties of one layer look; ``dashed`` tells layers apart once the colours are used up."""

    colour: str
    dashed: bool


def kind_styles(kinds: Iterable[str]) -> tuple[KindStyle, ...]:
    """Return a style per kind that occurs: the familiar kinds first and always alike, the rest by name.

    >>> [(style.kind, style.shape, style.count) for style in kind_styles(["firm", "moon", "region", "firm"])]
    [('region', 'dot', 1), ('firm', 'triangle', 2), ('moon', 'triangleDown', 1)]
    """
    counts: dict[str, int] = {}
    for kind in kinds:
        counts[kind] = counts.get(kind, 0) + 1
    ordered = [*_FAMILIAR, *sorted(set(counts) - set(_FAMILIAR))]
    return tuple(
        KindStyle(kind, _NODE_COLOURS[i % len(_NODE_COLOURS)], _NODE_SHAPES[i % len(_NODE_SHAPES)], counts[kind])
        for i, kind in enumerate(ordered)
        if kind in counts
    )


def tie_style(position: int) -> TieStyle:
    """Return the style of the layer at this position."""
    return TieStyle(_TIE_COLOURS[position % len(_TIE_COLOURS)], position >= len(_TIE_COLOURS))


def placed(xs: Sequence[float], ys: Sequence[float]) -> list[tuple[float, float]]:
    """Return the points centred and scaled alike in x and y, so that each node has about the same room.

    The longer side of their box becomes 240 + 55 sqrt(n), in pixels at full zoom.

    >>> placed([0, 4], [1, 1])
    [(-158.9, 0.0), (158.9, 0.0)]
    """
    if not xs:
        return []
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    side = max(right - left, bottom - top)
    # Halves first: the sum of two huge coordinates would overflow.
    mid_x, mid_y = left / 2 + right / 2, top / 2 + bottom / 2
    least, each = _SPACE
    scale = (least + each * sqrt(len(xs))) / side if side > 0 else 1.0
    return [
        (round((x - mid_x) * scale, 1) + 0.0, round((y - mid_y) * scale, 1) + 0.0) for x, y in zip(xs, ys, strict=True)
    ]


def radii(sizes: Sequence[float]) -> list[float]:
    """Return a radius per node: its area follows the size, the largest is 22, none is under 4.5.

    >>> radii([100, 25, 0])
    [22.0, 11.0, 4.5]
    """
    largest = max(sizes, default=0.0)
    if largest == min(sizes, default=0.0):
        return [10.0] * len(sizes)
    return [round(max(_RADIUS[0], _RADIUS[1] * sqrt(size / largest)), 1) for size in sizes]


def width(weight: float, largest: float) -> float:
    """Return the width of a tie, growing with the square root of its weight within its layer.

    >>> width(1, 1), width(0.25, 1), width(0, 0)
    (3.2, 2.0, 0.8)
    """
    thin, thick = _WIDTH
    return round(thin + (thick - thin) * sqrt(weight / largest), 2) if largest > 0 else thin
