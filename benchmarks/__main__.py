"""Run the benchmarks one after another: ``make bench``, or each alone as ``python -m benchmarks.NAME``.

    python -m benchmarks [--peer-python PYTHON] [NAME …]

leidenalg and infomap run beside Synergy where they are installed; the peers of the other benchmarks are found under
--peer-python, because they pin other versions of the libraries. What has been measured is in RESULTS.md.
"""

import argparse
import subprocess
import sys

# name -> whether it takes --peer-python
REGISTRY = {"tables": True, "economy": True, "ties": True, "communities": False, "scores": False}


def main() -> None:
    """Run the chosen benchmarks, all by default; stop at the first that fails."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"any of {', '.join(REGISTRY)}")
    parser.add_argument("--peer-python", help="the python of an environment with the peers")
    options = parser.parse_args()
    unknown = sorted(set(options.names) - set(REGISTRY))
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]!r}; there are {', '.join(REGISTRY)}")
    for name in options.names or REGISTRY:
        peers = ["--peer-python", options.peer_python] if REGISTRY[name] and options.peer_python else []
        words = [f"benchmarks.{name}", *peers]
        print(f"\n== python -m {' '.join(words)}", flush=True)
        subprocess.run([sys.executable, "-m", *words], check=True)


if __name__ == "__main__":
    main()
