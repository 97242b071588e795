"""Learning how far to trust each layer, and how fine to look, from ties that the partition has not seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

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
# Up to so many ties all resolutions from twice the likelihood's fixed point down are looked at; up to ten times as
# many where it is below twice _NARROW, since two or three large communities are seen in a narrow window only.
_ALL_UP_TO = 30_000
_NARROW = 1.2
_COARSEST = 0.2
# Up to so many ties a second iteration and finer steps cost next to nothing, and chance moves the search more.
_SMALL = 5_000
# Above, the search starts from half of the fixed point (it tends to split too far) and goes down or up as long as that
# gains this share, a plateau being as good as its ends; a fixed point that has moved so many times higher is looked at.
_GAIN = 0.003
_FAR = 3.0
_STEPS = 10

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
    degree-corrected planted partition (Pamfil et al. 2019, there from the ties that were partitioned, which flatters
    noise). Partition and weights alternate until they settle; a layer whose held-out ties do not fall inside more often
    than by chance has weight 0. When the layers together show nothing, each is tried by itself. The resolution is
    one for all layers, that with the highest held-out likelihood among those looked at.
    The weights are relative to the layer's total, the largest is 1.
    """
    children = iter(seed.spawn(_ROUNDS + 4 * _STEPS + len(holdout.ties) + 1))
    if weights is None:
        used, state = _learn_weights(holdout, children, resolution or 1.0)
    else:
        used = np.asarray(weights, dtype=np.float64)
        state = _look(holdout, used, resolution or 1.0, next(children))
    chosen = resolution or 1.0
    if resolution is None and used.any():
        search = _Search(holdout, state.kernels, used, children)
        top = _fixed_point(state.evidence, used)
        # Few communities, or few ties: every resolution is looked at.
        thorough = holdout.n_ties <= (_ALL_UP_TO if top > 2 * _NARROW else 10 * _ALL_UP_TO)
        chosen = search.over_all(2 * top) if thorough else search.climb(top, search.nats(state.evidence))
        state = replace(state, evidence=search.seen[chosen][0], found=search.seen[chosen][1])
        refined = _trust(state.evidence, holdout)
        used = refined if weights is None and refined.any() else used
    scaled = used if weights is not None else used / (used.max(initial=0.0) or 1.0)
    return Learned(tuple(scaled.tolist()), chosen, state.evidence, tuple(state.found))


def pooled(evidence: Sequence[Evidence], weights: Sequence[float]) -> Evidence:
    """Return the evidence of all layers of positive weight together, of all layers when none has one."""
    used = [one for one, weight in zip(evidence, weights, strict=True) if weight > 0] or list(evidence)
    ties = sum(one.ties for one in used)
    inside = sum(one.inside * one.ties for one in used) / (ties or 1)
    expected = sum(one.expected * one.ties for one in used) / (ties or 1)
    return Evidence("", inside, expected, ties)


@dataclass(frozen=True, eq=False)
class _State:
    """Where the learning stands: the folds at some weights, their partitions, and what the held-out ties say."""

    kernels: list[Kernel]
    found: Labels
    evidence: tuple[Evidence, ...]


def _look(holdout: Holdout, weights: NDArray[np.float64], resolution: float, seed: np.random.SeedSequence) -> _State:
    kernels = holdout.kernels(weights.tolist())
    found = _partitions(holdout, kernels, resolution, seed)
    return _State(kernels, found, holdout.evidence(found))


def _trust(evidence: Sequence[Evidence], holdout: Holdout) -> NDArray[np.float64]:
    bar = -float(ndtri(_CHANCE / max(len(evidence), 1)))
    size = np.array([one.effective for one in holdout.ties])
    return np.asarray(size * np.array([one.log_ratio if one.z > bar else 0.0 for one in evidence]))


def _partitions(holdout: Holdout, kernels: Sequence[Kernel], resolution: float, seed: np.random.SeedSequence) -> Labels:
    iterations = 2 if holdout.n_ties <= _SMALL else 1
    return [
        kernel.run(resolution, child, iterations=iterations)
        for kernel, child in zip(kernels, seed.spawn(len(kernels)), strict=True)
    ]


def _learn_weights(
    holdout: Holdout, seeds: Iterator[np.random.SeedSequence], resolution: float
) -> tuple[NDArray[np.float64], _State]:
    used = np.array([one.effective for one in holdout.ties])
    state = _look(holdout, used, resolution, next(seeds))
    trust = _trust(state.evidence, holdout)
    if not trust.any() and len(holdout.ties) > 1:
        state = _each_by_itself(holdout, seeds, resolution, state)
        trust, used = _trust(state.evidence, holdout), np.zeros(len(holdout.ties))
    for _ in range(_ROUNDS):
        if not trust.any() or np.abs(_per_tie(trust, holdout) - _per_tie(used, holdout)).max() < _SETTLED:
            break
        used = trust
        state = _look(holdout, used, resolution, next(seeds))
        trust = _trust(state.evidence, holdout)
    return trust, state


def _per_tie(weights: NDArray[np.float64], holdout: Holdout) -> NDArray[np.float64]:
    per_tie = weights / np.maximum([one.effective for one in holdout.ties], 1.0)
    return np.asarray(per_tie / (per_tie.max(initial=0.0) or 1.0))


def _each_by_itself(
    holdout: Holdout, seeds: Iterator[np.random.SeedSequence], resolution: float, together: _State
) -> _State:
    """Return the state of the layer by itself that says most about all layers, if any says more than all together."""
    alone = np.eye(len(holdout.ties))
    states = [together, *(_look(holdout, only, resolution, next(seeds)) for only in alone)]
    return max(states, key=lambda state: float(_trust(state.evidence, holdout).sum()))


class _Search:
    """Looks at the folds at one resolution after another, each once, by the held-out likelihood of layers in use."""

    def __init__(
        self,
        holdout: Holdout,
        kernels: Sequence[Kernel],
        used: NDArray[np.float64],
        seeds: Iterator[np.random.SeedSequence],
    ) -> None:
        self._holdout, self._kernels, self._used, self._seeds = holdout, kernels, used, seeds
        self.seen: dict[float, tuple[tuple[Evidence, ...], Labels]] = {}

    def look(self, resolution: float) -> float:
        """Return the held-out log-likelihood above chance, in nats."""
        if resolution not in self.seen:
            found = _partitions(self._holdout, self._kernels, resolution, next(self._seeds))
            self.seen[resolution] = self._holdout.evidence(found), found
        return self.nats(self.seen[resolution][0])

    def nats(self, evidence: Sequence[Evidence]) -> float:
        """Return the held-out log-likelihood above chance over the layers in use."""
        return sum((one.nats for one, weight in zip(evidence, self._used, strict=True) if weight > 0), 0.0)

    def over_all(self, top: float) -> float:
        """Return the best resolution up to ``top``; small graphs, where it is cheap, in finer steps."""
        fine: list[float] = [top / 2.0 ** (step / 4) for step in range(1, 4 * _STEPS)]
        narrow = fine if self._holdout.n_ties <= _SMALL else [at for k, at in enumerate(fine) if k % 2 or at < _NARROW]
        return max([top, *(at for at in narrow if at > _COARSEST)], key=self.look)

    def climb(self, top: float, coarse: float) -> float:
        """Return a good resolution in few looks; ``top`` is the fixed point as seen at 1, ``coarse`` the nats there.

        Half of the fixed point will do when it is finer and better than 1; seen from there the fixed point may lie much
        higher, when many small communities were merged at 1. Otherwise it is walked up and down by factors of two.
        """
        best = top / 2
        if best > 1 and self.look(best) > coarse:
            finer = _fixed_point(self.seen[best][0], self._used) / 2
            while len(self.seen) < _STEPS and finer > _FAR * best and self.look(finer) > self.look(best):
                best, finer = finer, _fixed_point(self.seen[finer][0], self._used) / 2
            return best
        for _ in range(_STEPS):
            here, coarser = self.look(best), self.look(best / 2)
            if coarser > here * (1 + _GAIN):
                best /= 2
            elif here > coarser * (1 + _GAIN) or here == 0:
                if self.look(best * 2) <= here * (1 + _GAIN):
                    break
                best *= 2
            else:
                break
        return best


def _fixed_point(evidence: Sequence[Evidence], weights: NDArray[np.float64]) -> float:
    """Return the mean over layers of the likelihood's resolution, by weight."""
    known = weights > 0
    return float(np.average(np.array([one.resolution for one in evidence])[known], weights=weights[known]))
