"""The ties of a layer that stand out from what their ends' strengths would give anyway."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.special import ndtr

from synergy_graphs.errors import GraphError
from synergy_graphs.fdr import Correction, check_level, cutoff
from synergy_graphs.layer import Layer

Method = Literal["disparity", "noise-corrected"]


def backbone(
    layer: Layer, *, method: Method = "disparity", alpha: float = 0.05, correction: Correction | None = None
) -> Layer:
    """Keep the ties whose ``tie_p_values`` are below ``alpha``, with their weights, and drop the others.

    Both methods were published without a correction for the number of ties; with ``correction`` the p-values are
    adjusted first (``adjust``, one test per tie). The result is a layer over the same nodes, self-loops left out.

    Raises GraphError for an unknown or impossible option and as ``tie_p_values`` does.

    >>> layer = Layer.of_edges("t", [0, 0, 0, 1], [1, 2, 3, 2], [18.0, 1.0, 1.0, 1.0], n_nodes=4)
    >>> backbone(layer, alpha=0.05).edges()
    (array([0]), array([1]), array([18.]))
    """
    check_level(alpha)
    rows, cols, weights = _ties(layer)
    p = _p_values(layer, rows, cols, weights, method)
    kept = p < alpha if correction is None else p <= cutoff(p, alpha, correction, p.size)
    return Layer.of_edges(
        layer.name,
        rows[kept],
        cols[kept],
        weights[kept],
        n_nodes=layer.n_nodes,
        directed=layer.directed,
        meaning=layer.meaning,
        unit=layer.unit,
        source=layer.source,
    )


def tie_p_values(layer: Layer, *, method: Method = "disparity") -> sp.csr_array:
    """Return how likely each tie is to be this heavy by chance, n x n, stored where the layer has a tie.

    disparity (Serrano, Boguna & Vespignani 2009): a node of strength s and degree k that shares s out at random
    gives one tie w or more with p = (1 - w/s)^(k-1); the smaller p of the two ends counts, out-going at the source and
    in-coming at the target if the layer is directed. With k = 1 there is no choice and p = 1.

    noise-corrected (Coscia & Neffke 2017): weights count events, n in all, and n_i. and n_.j are their sums at
    the source and the target (an undirected tie counts in both directions). With kappa = n / (n_i. n_.j) the score is
    L = (kappa w - 1) / (kappa w + 1). Its variance comes from w ~ Binomial(n, P) with a Beta prior on P of mean
    mu = n_i. n_.j / n^2 and of the hypergeometric variance n_i. n_.j (n - n_i.) (n - n_.j) / (n^4 (n - 1)): with
    P the posterior mean, var w = n P (1 - P) and var L = var w (2 (kappa + w kappa') / (kappa w + 1)^2)^2, where
    kappa' = 1 / (n_i. n_.j) - n (n_i. + n_.j) / (n_i. n_.j)^2. Then p = 1 - Phi(L / sd L): a level of 0.05 is the
    paper's delta of 1.64. The Beta has exactly this mean and variance; the authors' own script sets its second
    parameter with 1 - mu^2 in place of (1 - mu)^2, which shifts p by a share of about mu.

    Self-loops take no part. A p-value that is 0 to rounding is stored as 0.

    Raises GraphError for an unknown method, and for noise-corrected when the weights do not count events (n <= 1).

    >>> layer = Layer.of_edges("t", [0, 0, 0, 1], [1, 2, 3, 2], [18.0, 1.0, 1.0, 1.0], n_nodes=4)
    >>> tie_p_values(layer).toarray()[0].round(4).tolist()
    [0.0, 0.01, 0.5, 0.9025]
    """
    rows, cols, weights = _ties(layer)
    p = _p_values(layer, rows, cols, weights, method)
    if not layer.directed:
        rows, cols, p = np.concatenate([rows, cols]), np.concatenate([cols, rows]), np.concatenate([p, p])
    result = sp.csr_array(sp.coo_array((p, (rows, cols)), shape=layer.matrix.shape))
    result.sort_indices()
    return result


def _ties(layer: Layer) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    rows, cols, weights = layer.edges()
    between = rows != cols
    return rows[between], cols[between], weights[between]


def _p_values(
    layer: Layer, rows: NDArray[np.int64], cols: NDArray[np.int64], weights: NDArray[np.float64], method: Method
) -> NDArray[np.float64]:
    if method not in get_args(Method):
        raise GraphError(f"there is no backbone method {method!r}; there are {', '.join(get_args(Method))}")
    n = layer.n_nodes
    # Mostly shares matter; scaled, their sums cannot overflow.
    scale = float(weights.max(initial=0.0)) or 1.0
    weights = weights / scale
    out_strength = np.bincount(rows, weights=weights, minlength=n).astype(np.float64)
    in_strength = np.bincount(cols, weights=weights, minlength=n).astype(np.float64)
    if not layer.directed:
        out_strength = in_strength = out_strength + in_strength
    if method == "noise-corrected":
        return _noise_corrected(layer, weights, out_strength[rows], in_strength[cols], scale)
    out_degree, in_degree = np.bincount(rows, minlength=n), np.bincount(cols, minlength=n)
    if not layer.directed:
        out_degree = in_degree = out_degree + in_degree
    return np.minimum(
        _disparity(weights, out_strength[rows], out_degree[rows]),
        _disparity(weights, in_strength[cols], in_degree[cols]),
    )


def _disparity(
    weights: NDArray[np.float64], strength: NDArray[np.float64], degree: NDArray[np.int64]
) -> NDArray[np.float64]:
    # A share of 1 beside ties too light to change the sum leaves rounding below zero.
    rest = np.maximum(1.0 - weights / strength, 0.0)
    return np.asarray(rest ** (degree - 1.0))


def _noise_corrected(
    layer: Layer, weights: NDArray[np.float64], left: NDArray[np.float64], right: NDArray[np.float64], scale: float
) -> NDArray[np.float64]:
    whole = float(weights.sum()) * (1.0 if layer.directed else 2.0)
    total = whole * scale
    if weights.size and not 1.0 < total < np.inf:
        raise GraphError(
            f"layer {layer.name!r}: its weights add up to {total:g}; noise-corrected reads them as numbers of events, "
            "more than 1 in all"
        )
    a, b, events = left / whole, right / whole, weights * scale
    mean = a * b
    variance = mean * (1.0 - a) * (1.0 - b) / (total - 1.0)
    # Prior events: alpha + beta of the Beta; no end can hold all events unless its share is fixed.
    fixed = variance <= 0
    prior = np.divide(mean * (1.0 - mean), variance, out=np.zeros_like(mean), where=~fixed) - 1.0
    expected = np.where(fixed, mean, (mean * prior + events) / (prior + total))
    ratio = weights / whole / mean
    slope = (2.0 / (total * mean)) * (1.0 + weights / whole - ratio * (a + b)) / (ratio + 1.0) ** 2
    spread = np.sqrt(total * expected * (1.0 - expected)) * np.abs(slope)
    score = (ratio - 1.0) / (ratio + 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = score / spread
    # Without spread and without surprise there is nothing to tell.
    return np.asarray(ndtr(-np.where(np.isnan(z), 0.0, z)))
