"""Run the benchmarks one after another: ``make bench``, or each alone as ``python -m benchmarks.NAME``.

    python -m benchmarks [--peer-python PYTHON] [--sources FOLDER] [NAME …]

leidenalg and infomap run beside Synergy where they are installed; the peers of the other benchmarks are found under
--peer-python, because they pin other versions of the libraries; the backtest needs the public exports. What has been
measured is in RESULTS.md.
"""

import argparse
import subprocess
import sys

# name -> the option it takes
REGISTRY = {
    "tables": "peer_python",
    "economy": "peer_python",
    "ties": "peer_python",
    "communities": "",
    "wording": "peer_python",
    "backtest": "sources",
    "funding": "peer_python",
    "scores": "",
    "consortia": "",
    "survey": "",
}


def main() -> None:
    """Run the chosen benchmarks, all by default; stop at the first that fails."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"any of {', '.join(REGISTRY)}")
    parser.add_argument("--peer-python", help="the python of an environment with the peers")
    parser.add_argument("--sources", help="the folder of the public exports")
    options = parser.parse_args()
    unknown = sorted(set(options.names) - set(REGISTRY))
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]!r}; there are {', '.join(REGISTRY)}")
    for name in options.names or REGISTRY:
        option = REGISTRY[name]
        value = getattr(options, option) if option else None
        if name == "backtest" and not value:
            print("\n== backtest: skipped, it needs --sources")
            continue
        words = [f"benchmarks.{name}", *([f"--{option.replace('_', '-')}", value] if value else [])]
        print(f"\n== python -m {' '.join(words)}", flush=True)
        subprocess.run([sys.executable, "-m", *words], check=True)


if __name__ == "__main__":
    main()
