"""One method on one seeded input, timed; runs in the environment of the package it names, prints one line of JSON."""

import contextlib
import io
import json
import resource
import sys
import time

import numpy as np


def ours_projection(data):
    from synergy_graphs import validated_projection

    table = data["table"]
    validated_projection(table[:20, :20])
    return lambda: triple(validated_projection(table).p_values)


def bicm_projection(data, method):
    from bicm import BipartiteGraph

    def run(table):
        graph = BipartiteGraph(biadjacency=table)
        graph.solve_tool(verbose=False)
        # Without its progress bar and with one thread the package computes no exact p-values at all.
        graph.compute_projection(rows=True, approx_method=method, threads_num=1, progress_bar=method == "poibin")
        return graph.rows_pvals

    table = data["table"]
    # Its solver is compiled at the first call, which is not what is measured.
    run(table[:20, :20])

    def measured():
        found = run(table)
        rows = [(i, j, p) for i, mine in found.items() for j, p in mine.items()]
        return {key: np.array(part) for key, part in zip("ijp", zip(*rows, strict=True), strict=True)}

    return measured


def triple(matrix):
    import scipy.sparse as sp

    upper = sp.csr_array(matrix).tocoo()
    i, j = upper.coords
    once = i < j
    return {"i": i[once], "j": j[once], "p": upper.data[once]}


def ours_backbone(data, method):
    from synergy_graphs import Layer, backbone

    layer = Layer.of_edges("t", data["i"], data["j"], data["w"], n_nodes=int(data["n"]))
    backbone(layer, method=method)
    return lambda: dict(zip("ij", backbone(layer, method=method).edges()[:2], strict=True))


def netbone_backbone(data, method):
    import netbone
    import pandas as pd
    from netbone.filters import threshold_filter

    table = pd.DataFrame({"source": data["i"], "target": data["j"], "weight": data["w"]})
    score = {"disparity": netbone.disparity, "noise-corrected": netbone.noise_corrected}[method]

    def run():
        kept = threshold_filter(score(table), 0.05, narrate=False)
        ends = np.sort(np.array(list(kept.edges())).reshape(-1, 2), axis=1)
        ends = ends[np.lexsort(ends.T[::-1])]
        return {"i": ends[:, 0], "j": ends[:, 1]}

    return run


def ours_similarity(data):
    import scipy.sparse as sp

    from synergy_graphs import top_k_similar

    profiles = sp.csr_array(data["profiles"])
    return lambda: {"nnz": np.array(top_k_similar(profiles, 10).nnz)}


METHODS = {
    "ours bicm": ours_projection,
    "bicm poibin": lambda data: bicm_projection(data, "poibin"),
    "bicm poisson": lambda data: bicm_projection(data, "poisson"),
    "ours disparity": lambda data: ours_backbone(data, "disparity"),
    "netbone disparity": lambda data: netbone_backbone(data, "disparity"),
    "ours noise-corrected": lambda data: ours_backbone(data, "noise-corrected"),
    "netbone noise-corrected": lambda data: netbone_backbone(data, "noise-corrected"),
    "ours similarity": ours_similarity,
}


def main():
    method, given, result = sys.argv[1:]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        with np.load(given) as data:
            run = METHODS[method](dict(data))
        before = time.process_time()
        found = run()
        cpu = time.process_time() - before
    np.savez(result, **found)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu": cpu, "peak_mb": peak}))


if __name__ == "__main__":
    main()
