"""One package, one table: ECI, PCI, proximity and density, timed after the imports and the reading of the table.

``python worker.py PACKAGE TABLE.npy RESULT.npz`` prints CPU seconds, wall seconds and peak memory as JSON; the
package is ``synergy``, ``econcomplex`` or ``ecomplexity``. It needs no more than the package itself, so that each
can run in an environment of its own.
"""

import json
import resource
import sys
import time
import warnings

import numpy as np
import pandas as pd


def synergy(X):
    from synergy.economy import complexity, density, presence, proximity

    def work():
        M = presence(X)
        found, phi = complexity(M, binary=True), proximity(M, binary=True)
        return found.eci, found.pci, phi, density(M, phi, binary=True, diagonal="exclude")

    return work


def econcomplex(X):
    import econcomplex as ec

    def work():
        M = ec.rca(X, binary=True)
        eci, pci = ec.eci_pci(M, use_rca=False, threshold=0.5)
        phi = ec.proximity(M, use_rca=False, threshold=0.5, compute="product")["product"]
        return eci, pci, phi, ec.relatedness_density(M, phi, use_rca=False, threshold=0.5)

    return work


def ecomplexity(X):
    """Its own steps one by one, without the long tables it reads and writes (which would only slow it)."""
    from ecomplexity.calc_density import calc_density
    from ecomplexity.calc_proximity import calc_discrete_proximity
    from ecomplexity.ComplexityData import ComplexityData
    from ecomplexity.ecomplexity import calc_eci_pci

    class Data(ComplexityData):
        def __init__(self):
            self.t, self.data_t = 1, X.stack()

    def work():
        data = Data()
        data.calculate_rca()
        data.calculate_mcp(1, 1, "rca", None, 1)
        data.diversity_t, data.ubiquity_t = data.mcp_t.sum(axis=1), data.mcp_t.sum(axis=0)
        eci, pci = calc_eci_pci(data)
        phi = calc_discrete_proximity(data.mcp_t, data.ubiquity_t)
        return eci, pci, phi, calc_density(data.mcp_t, phi)

    return work


def main(package: str, table: str, result: str) -> None:
    values = np.load(table)
    rows, columns = ([f"{letter}{n:05}" for n in range(size)] for letter, size in zip("ra", values.shape, strict=True))
    work = {"synergy": synergy, "econcomplex": econcomplex, "ecomplexity": ecomplexity}[package](
        pd.DataFrame(values, index=rows, columns=columns)
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    wall, cpu = time.perf_counter(), time.process_time()
    eci, pci, phi, around = work()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sample = slice(None, None, max(1, values.shape[1] // 50))
    np.savez(
        result,
        eci=np.asarray(eci),
        pci=np.asarray(pci),
        phi=np.asarray(phi)[sample, sample],
        density=np.asarray(around)[:, sample],
    )
    print(json.dumps({"cpu": cpu, "wall": wall, "peak_mb": peak / 1024, "before_mb": before / 1024}))


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main(*sys.argv[1:])
