"""What a diamond says, in plain sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from synergy.diamonds.corners import CORNERS
from synergy.diamonds.kinds import Reaches, brings
from synergy.diamonds.sign import Floats

OWN = (
    "Synergy diamonds are our own definition, not the literature's (see docs/method.md), and whether they foresee"
    " cooperation has not been tested."
)
MEANING = {
    "complement": "each of two regions alone brings a corner that the other lacks",
    "pooling": "no region reaches critical mass alone in a corner, and together they do",
    "both": "two regions bring different corners, and in another they reach critical mass only together",
    "none": "no synergy",
}
FEW_CORNERS, FEW_ROWS = 3, 3


def listed(items: Sequence[str]) -> str:
    """Return words in a row.

    >>> listed(["a"]), listed(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def strategy_word(reach: Floats) -> str:
    """Return how the strategies of the members stand to each other.

    >>> strategy_word(np.array([1.0, 2.0])), strategy_word(np.array([1.0, 0.0])), strategy_word(np.array([1.0, np.nan]))
    ('overlap', 'complement', 'declared by 1, unknown of 1')
    """
    declared, unknown = int((reach >= 1).sum()), int(np.isnan(reach).sum())
    if unknown:
        return f"declared by {declared}, unknown of {unknown}" if unknown < len(reach) else "unknown"
    return "overlap" if declared == len(reach) else "complement" if declared else "declared by none"


def reasons(reaches: Reaches, regions: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """Return why one set (members x corners) is a diamond of its kind, or why it is none."""
    own, shared = brings(reaches)
    who = [f"{names[region]} ({region})" for region in regions]
    said = []
    for r, name in enumerate(who):
        alone = [f"{CORNERS[c]} ({reaches.alone[r, c]:.2f} times the line)" for c in np.flatnonzero(own[r])]
        if alone:
            said.append(f"{name} alone brings {listed(alone)}.")
    for c in np.flatnonzero(shared.sum(axis=0) >= 2):
        parts = listed([f"{who[r]} {reaches.alone[r, c]:.2f}" for r in range(len(who))])
        whole = f"{reaches.joint[c]:.2f} as one"
        said.append(f"In {CORNERS[c]} none reaches critical mass alone and together they do: {parts}, {whole}.")
    idle = [who[r] for r in range(len(who)) if not (own | shared)[r].any()]
    if (own | shared).any():
        said += [f"{name} brings nothing that is not there without it." for name in idle]
    said += _why_none(reaches, who) if not (own.any(axis=-1).sum() >= 2 or (shared.sum(axis=0) >= 2).any()) else []
    unknown = [
        f"{listed([CORNERS[c] for c in np.flatnonzero(np.isnan(reaches.alone[r]))])} of {who[r]}"
        for r in range(len(who))
        if np.isnan(reaches.alone[r]).any()
    ]
    return said + ([f"Unknown: {'; '.join(unknown)}."] if unknown else [])


def _why_none(reaches: Reaches, who: Sequence[str]) -> list[str]:
    known = ~np.isnan(reaches.alone).any(axis=0)
    if not known.any():
        return ["No synergy can be claimed: no corner is known for all of them."]
    over = (reaches.alone >= 1)[:, known]
    if not over.any():
        return ["No synergy: no known corner is over the line, neither alone nor together."]
    best = int(over.sum(axis=1).argmax())
    return [f"No synergy: what the others bring, {who[best]} brings too."]


def little(known_corners: int, thin: Sequence[tuple[str, str, int]]) -> str:
    """Return what a result rests on too little of, or nothing; ``thin`` is (region, corner, listed rows).

    >>> little(2, []), little(4, [("AT13", "knowledge", 2)]), little(4, [])
    ('2 of 4 corners known', 'knowledge of AT13 rests on 2 listed rows', '')
    """
    said = [f"{known_corners} of {len(CORNERS)} corners known"] if known_corners < FEW_CORNERS else []
    said += [f"{corner} of {region} rests on {rows} listed row{'s' * (rows != 1)}" for region, corner, rows in thin]
    return "; ".join(said)
