"""Learning how far to trust each layer, and how fine to look, from ties that the partition has not seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from synergy_graphs.holdout import Evidence, Holdout
from synergy_graphs.kernel import Kernel

# Chance of a layer of pure noise being trusted at all, shared out over the layers.
_CHANCE = 0.005
_ROUNDS = 6
# The weights have settled when none moves by more than this share of the largest.
_SETTLED = 0.1
# The likelihood's own resolution tends to split too far: the search starts at half of it.
_START = 0.5
# A finer or coarser look must gain this share to be preferred: within it lies a plateau.
_GAIN = 0.003
_STEPS = 8
# Above so many ties the resolution is found to a factor of two, below to its square root.
_FINE_BELOW = 300_000

Labels = list[NDArray[np.int64]]


@dataclass(frozen=True, eq=False)
class Learned:
    """What was learned: weights per layer (0 = no more than noise), a resolution, and the evidence behind them.

    ``found`` holds the partition of each fold, made without its held-out ties.
    """

    weights: tuple[float, ...]
    resolution: float
    evidence: tuple[Evidence, ...]
    found: tuple[NDArray[np.int64], ...]


def learn(
    holdout: Holdout,
    seed: np.random.SeedSequence,
    *,
    weights: Sequence[float] | None = None,
    resolution: float | None = None,
) -> Learned:
    """Learn the layer weights, the resolution, or both; what is given is kept.

    A tie of a layer whose held-out ties fall inside communities at rate theta_in and between them at theta_out
    (relative to the configuration model) counts log(theta_in / theta_out), the weight in the likelihood of the
    degree-corrected planted partition. Partition and weights alternate until they settle; a layer whose held-out ties do not
    fall inside more often than by chance has weight 0. When the layers together show nothing, each is
    tried by itself. The resolution with the highest held-out likelihood is searched for, starting at half of the
    likelihood's fixed point. The weights are relative to the layer's total, the largest is 1.
    """
    children = iter(seed.spawn(4 * (_ROUNDS + _STEPS) + len(holdout.ties)))
    if weights is None:
        used, evidence, found = _learn_weights(holdout, children, resolution or 1.0)
    else:
        used = np.asarray(weights, dtype=np.float64)
        found = _partitions(holdout.kernels(list(used)), resolution or 1.0, next(children))
        evidence = holdout.evidence(found)
    if resolution is not None or not used.any():
        return Learned(_scaled(used, weights), resolution or 1.0, evidence, tuple(found))
    chosen, evidence, found = _search(holdout, used, children, evidence, found)
    if weights is None:
        refined = _trust(evidence, holdout)
        used = refined if refined.any() else used
    return Learned(_scaled(used, weights), chosen, evidence, tuple(found))


def pooled(evidence: Sequence[Evidence], weights: Sequence[float]) -> Evidence:
    """Return the evidence of all layers of positive weight together, of all layers when none has one."""
    used = [one for one, weight in zip(evidence, weights, strict=True) if weight > 0] or list(evidence)
    ties = sum(one.ties for one in used)
    inside = sum(one.inside * one.ties for one in used) / (ties or 1)
    expected = sum(one.expected * one.ties for one in used) / (ties or 1)
    return Evidence("", inside, expected, ties)


def _scaled(used: NDArray[np.float64], given: Sequence[float] | None) -> tuple[float, ...]:
    if given is not None:
        return tuple(float(weight) for weight in given)
    return tuple((used / (used.max(initial=0.0) or 1.0)).tolist())


def _trust(evidence: Sequence[Evidence], holdout: Holdout) -> NDArray[np.float64]:
    bar = -float(ndtri(_CHANCE / max(len(evidence), 1)))
    size = np.array([one.effective for one in holdout.ties])
    return size * np.array([one.log_ratio if one.z > bar else 0.0 for one in evidence])


def _partitions(kernels: Sequence[Kernel], resolution: float, seed: np.random.SeedSequence) -> Labels:
    return [
        kernel.run(resolution, child, iterations=1)
        for kernel, child in zip(kernels, seed.spawn(len(kernels)), strict=True)
    ]


def _learn_weights(
    holdout: Holdout, seeds: Iterator[np.random.SeedSequence], resolution: float
) -> tuple[NDArray[np.float64], tuple[Evidence, ...], Labels]:
    used = np.array([one.effective for one in holdout.ties])
    found = _partitions(holdout.kernels(used.tolist()), resolution, next(seeds))
    evidence = holdout.evidence(found)
    trust = _trust(evidence, holdout)
    if not trust.any() and len(holdout.ties) > 1:
        found, evidence = _each_by_itself(holdout, seeds, resolution, (found, evidence))
        trust = _trust(evidence, holdout)
    for _ in range(_ROUNDS):
        if not trust.any() or np.abs(_per_tie(trust, holdout) - _per_tie(used, holdout)).max() < _SETTLED:
            break
        used = trust
        found = _partitions(holdout.kernels(used.tolist()), resolution, next(seeds))
        evidence = holdout.evidence(found)
        trust = _trust(evidence, holdout)
    return trust, evidence, found


def _per_tie(weights: NDArray[np.float64], holdout: Holdout) -> NDArray[np.float64]:
    per_tie = weights / np.maximum([one.effective for one in holdout.ties], 1.0)
    return np.asarray(per_tie / (per_tie.max(initial=0.0) or 1.0))


def _each_by_itself(
    holdout: Holdout,
    seeds: Iterator[np.random.SeedSequence],
    resolution: float,
    together: tuple[Labels, tuple[Evidence, ...]],
) -> tuple[Labels, tuple[Evidence, ...]]:
    """Return the layer's own partition that says most about all layers, if any says more than the layers together."""
    best, most = together, float(_trust(together[1], holdout).sum())
    for layer in range(len(holdout.ties)):
        alone = [float(layer == other) for other in range(len(holdout.ties))]
        found = _partitions(holdout.kernels(alone), resolution, next(seeds))
        evidence = holdout.evidence(found)
        says = float(_trust(evidence, holdout).sum())
        if says > most:
            best, most = (found, evidence), says
    return best


def _search(
    holdout: Holdout,
    used: NDArray[np.float64],
    seeds: Iterator[np.random.SeedSequence],
    evidence: Sequence[Evidence],
    found: Labels,
) -> tuple[float, tuple[Evidence, ...], Labels]:
    """Climb the held-out likelihood over resolutions a factor of two apart, then of its root where that is cheap."""
    kernels = holdout.kernels(used.tolist())
    tried: dict[float, tuple[float, tuple[Evidence, ...], Labels]] = {}

    def look(at: float) -> float:
        if at not in tried:
            labels = _partitions(kernels, at, next(seeds))
            seen = holdout.evidence(labels)
            tried[at] = (sum(one.nats for one, weight in zip(seen, used, strict=True) if weight > 0), seen, labels)
        return tried[at][0]

    best = _START * _fixed_point(evidence, used)
    step = 2.0
    for _ in range(_STEPS):
        here = look(best)
        coarser = look(best / step)
        if coarser > here * (1 + _GAIN):
            best /= step
        elif coarser > here * (1 - _GAIN) and here > 0:
            break
        elif look(best * step) > here * (1 + _GAIN):
            best *= step
        else:
            break
    if sum(one.rows.size for one in holdout.ties) <= _FINE_BELOW:
        best = max((best, best / 2**0.5, best * 2**0.5), key=look)
    return best, *tried[best][1:]


def _fixed_point(evidence: Sequence[Evidence], weights: NDArray[np.float64]) -> float:
    """Return the mean over layers of the likelihood's resolution, by weight."""
    known = weights > 0
    return float(np.average(np.array([one.resolution for one in evidence])[known], weights=weights[known]))
