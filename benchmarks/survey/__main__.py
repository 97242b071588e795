"""The survey's promises at full length: coverage, gaps and false alarms, the attack on withheld cells, reading.

    python -m benchmarks.survey [coverage | gaps | attack | reading] …

All four by default. Everything is simulated from fixed seeds; `attack` loads tests/synergy/survey/attack.py.
"""

import argparse

from benchmarks.survey.attacks import attack
from benchmarks.survey.coverage import coverage
from benchmarks.survey.planted import planted
from benchmarks.survey.reading import reading

PARTS = {"coverage": coverage, "gaps": planted, "attack": attack, "reading": reading}


def main() -> None:
    """Print the chosen tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.survey", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"any of {', '.join(PARTS)}")
    parser.add_argument("--runs", type=int, help="surveys or samples instead of the full number")
    options = parser.parse_args()
    if unknown := sorted(set(options.parts) - set(PARTS)):
        parser.error(f"there is no part {unknown[0]!r}; there are {', '.join(PARTS)}")
    for name in options.parts or PARTS:
        print(f"\n### {name}\n", flush=True)
        PARTS[name](**({"runs": options.runs} if options.runs else {}))


if __name__ == "__main__":
    main()
