"""Agreement of two partitions, exact: normalised and adjusted mutual information (arithmetic means)."""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln


def _table(first, second):
    _, a = np.unique(first, return_inverse=True)
    _, b = np.unique(second, return_inverse=True)
    cell, shared = np.unique(a * (b.max() + 1) + b, return_counts=True)
    return np.bincount(a), np.bincount(b), cell // (b.max() + 1), cell % (b.max() + 1), shared


def _parts(first, second):
    """Return (mutual information, entropies, sizes) in nats."""
    rows, cols, i, j, shared = _table(np.asarray(first), np.asarray(second))
    n = rows.sum()
    mutual = float((shared / n * np.log(shared * n / (rows[i] * cols[j]))).sum())
    entropies = [float(-(s / n * np.log(s / n)).sum()) for s in (rows, cols)]
    return mutual, entropies, rows, cols


def nmi(first, second) -> float:
    """Mutual information over the mean entropy; 1 when both are trivial."""
    mutual, entropies, *_ = _parts(first, second)
    return mutual / float(np.mean(entropies)) if any(entropies) else 1.0


def ami(first, second) -> float:
    """(MI - E[MI]) / (mean entropy - E[MI]), the expectation over permutations (Vinh et al. 2010)."""
    mutual, entropies, rows, cols = _parts(first, second)
    if not any(entropies):
        return 1.0
    chance = _expected(rows, cols)
    return (mutual - chance) / (float(np.mean(entropies)) - chance)


def _expected(rows, cols) -> float:
    n = int(rows.sum())
    sizes_a, many_a = np.unique(rows, return_counts=True)
    sizes_b, many_b = np.unique(cols, return_counts=True)
    log = gammaln(np.arange(n + 2))  # log[k + 1] = log k!
    total = 0.0
    for a, times in zip(sizes_a.tolist(), many_a.tolist(), strict=True):
        low, high = np.maximum(1, a + sizes_b - n), np.minimum(a, sizes_b)
        span = high - low + 1
        b = np.repeat(sizes_b, span)
        k = np.arange(span.sum()) - np.repeat(np.cumsum(span) - span, span) + np.repeat(low, span)
        weight = np.repeat(many_b, span) * times
        chance = (
            log[a + 1] + log[b + 1] + log[n - a + 1] + log[n - b + 1] - log[n + 1]
            - log[k + 1] - log[a - k + 1] - log[b - k + 1] - log[n - a - b + k + 1]
        )  # fmt: skip
        total += float((weight * k / n * np.log(n * k / (a * b)) * np.exp(chance)).sum())
    return total
