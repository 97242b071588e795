"""Names beside points of a figure: each where it covers no point and no earlier name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

PLACES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1))
FURTHER = tuple((dx, dy) for dy in (-2.6, 2.6) for dx in (0, 1, -1))
MARK = 4.0

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Label:
    """A point in data units, its name and the size of the letters; ``always``: written even where there is no room."""

    key: str
    x: float
    y: float
    text: str
    size: float
    always: bool = False


def placed(figure: Figure, axes: Axes, labels: Sequence[Label]) -> Iterator[tuple[Label, float, float]]:
    """Yield the labels that are written, in their order, with the middle of each in data units.

    Each takes the first of eight places around its point that covers no point and no earlier name; one that is written
    in any case is also tried further above and below.
    """
    FigureCanvasSVG(figure)
    figure.draw_without_rendering()
    at = [axes.transData.transform((label.x, label.y)) for label in labels]
    taken: list[Box] = [(x - MARK, y - MARK, x + MARK, y + MARK) for x, y in at]
    for label, (x, y) in zip(labels, at, strict=True):
        width, height = 0.62 * label.size * len(label.text) * figure.dpi / 72, 1.2 * label.size * figure.dpi / 72
        places = (*PLACES, *FURTHER) if label.always else PLACES
        spots = [(x + dx * (7 + width / 2), y + dy * (5 + height / 2)) for dx, dy in places]
        boxes = [(cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2) for cx, cy in spots]
        free = [k for k, box in enumerate(boxes) if not any(_overlap(box, other) for other in taken)]
        if not free and not label.always:
            continue
        chosen = free[0] if free else 0
        taken.append(boxes[chosen])
        across, up = axes.transData.inverted().transform(spots[chosen])
        yield label, float(across), float(up)


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
