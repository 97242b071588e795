"""What is seen at which resolution: a scan that shows plateaus instead of one number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from synergy_graphs.communities import modularity
from synergy_graphs.errors import GraphError
from synergy_graphs.flatten import layer_weights_of, summed, undirected
from synergy_graphs.holdout import Holdout
from synergy_graphs.kernel import Kernel
from synergy_graphs.layer_learning import learn
from synergy_graphs.multilayer import MultilayerGraph
from synergy_graphs.stability import agreement

if TYPE_CHECKING:
    import pandas as pd

# Neighbours on the scale that agree at least so far are one plateau.
_SAME = 0.95
_GRID = tuple((2.0 ** np.arange(-2.0, 6.25, 0.5)).tolist())


def scan_resolutions(
    graph: MultilayerGraph,
    *,
    seed: int = 0,
    layer_weights: Mapping[str, float] | None = None,
    resolutions: Sequence[float] = _GRID,
    runs: int = 3,
) -> pd.DataFrame:
    """Return what communities there are at each resolution, coarse to fine: a row each.

    ``resolution``, ``n_communities``, ``quality`` (modularity of the best of ``runs`` runs on the flattened graph),
    ``stability`` (mean agreement of the runs with the best), ``nats`` (log-likelihood above chance of ties held out of
    the partitioning, per held-out tie: the resolution where it is highest says most about ties not seen), ``agreement``
    with the partition of the next finer resolution (normalised mutual information; NaN in the last row), ``plateau``:
    rows that follow each other with an agreement of at least 0.95 share a number, counted from the coarsest; -1
    stands by itself. A long plateau is a scale that the graph itself has.

    Layer weights are learned unless given, see ``find_communities``. Raises GraphError for an unknown layer, no or
    nonpositive resolutions, and runs below one.

    >>> pairs = [(i, j) for first in (0, 4) for i in range(first, first + 4) for j in range(i + 1, first + 4)]
    >>> graph = MultilayerGraph.from_edges({"t": tuple(np.array([*pairs, (3, 4)]).T)}, n_nodes=8)
    >>> scan = scan_resolutions(graph, resolutions=[0.5, 1.0, 1.5])
    >>> scan["n_communities"].tolist(), scan["plateau"].tolist()
    ([2, 2, 2], [0, 0, 0])
    """
    import pandas as pd

    scale = _checked(seed, resolutions, runs)
    given = None if layer_weights is None else list(layer_weights_of(graph, layer_weights).values())
    hold, learning, folding, running = np.random.SeedSequence(seed).spawn(4)
    plain = [undirected(layer) for layer in graph]
    holdout = Holdout.of(graph, hold, plain)
    weights = list(learn(holdout, learning, weights=given, resolution=None if given is None else 1.0).weights)
    if not any(weights):
        weights = [one.effective for one in holdout.ties]
    flat = summed(plain, weights, graph.n_nodes)
    kernel, folds = Kernel.of(flat), holdout.kernels(weights)
    best: list[NDArray[np.int64]] = []
    rows = []
    for at, fold_seed, run_seed in zip(scale, folding.spawn(len(scale)), running.spawn(len(scale)), strict=True):
        found = [kernel.run(at, child, iterations=2) for child in run_seed.spawn(runs)]
        qualities = [modularity(flat, labels, at) for labels in found]
        chosen = found[int(np.argmax(qualities))]
        held = holdout.evidence([one.run(at, fold_seed, iterations=1) for one in folds])
        used = [one for one, weight in zip(held, weights, strict=True) if weight > 0]
        best.append(chosen)
        rows.append(
            {
                "resolution": at,
                "n_communities": int(chosen.max(initial=-1)) + 1,
                "quality": max(qualities),
                "stability": float(np.mean([agreement(chosen, labels) for labels in found])),
                "nats": sum(one.nats for one in used) / (sum(one.ties for one in used) or 1),
            }
        )
    alike = [agreement(one, other) for one, other in pairwise(best)]
    columns = ["resolution", "n_communities", "quality", "stability", "nats"]
    return pd.DataFrame(rows, columns=columns).assign(agreement=[*alike, np.nan], plateau=_plateaus(alike))


def _checked(seed: int, resolutions: Sequence[float], runs: int) -> list[float]:
    scale = sorted({float(at) for at in resolutions})
    if not scale or not all(np.isfinite(at) and at > 0 for at in scale):
        raise GraphError(f"resolutions are {list(resolutions)}, expected some, all above 0")
    if seed < 0 or runs < 1:
        raise GraphError(f"seed is {seed} and runs {runs}, expected whole numbers from 0 and from 1")
    return scale


def _plateaus(alike: Sequence[float]) -> list[int]:
    """Number the maximal stretches of neighbours that agree.

    >>> _plateaus([0.99, 0.5, 0.2, 0.97, 1.0])
    [0, 0, -1, 1, 1, 1]
    """
    numbers, last = [-1] * (len(alike) + 1), -1
    for at, value in enumerate(alike):
        if value >= _SAME:
            if numbers[at] < 0:
                last += 1
                numbers[at] = last
            numbers[at + 1] = last
    return numbers
