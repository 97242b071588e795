"""The backtest over European regions, for power: ``python -m benchmarks.backtest --sources FOLDER [--learn]``.

FOLDER holds the public exports; the study is compiled into a temporary folder and never kept. With --learn the default
weights are chosen anew, on the earlier dates alone; without, the scores as they are are measured on the later one.
"""

import argparse
import tempfile
from pathlib import Path

import pandas as pd

import synergy
from benchmarks.backtest.compile import compile_europe

COLUMNS = ["scorer", "kind", "known"] + [
    f"{measure}{end}" for measure in ("auc", "average_precision", "auc_lead", "average_precision_lead")
    for end in ("", "_low", "_high")
]  # fmt: skip


def main() -> None:
    """Compile the study, then measure or learn."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.backtest", description=__doc__)
    parser.add_argument("--sources", type=Path, required=True, help="folder of the public exports")
    parser.add_argument("--cut", default="2016-06-30")
    parser.add_argument("--until", default="2016-12-31")
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--ceiling", action="store_true", help="what looking ahead would give at (pair, theme)")
    parser.add_argument("--learn", action="store_true", help="choose the default weights on the earlier dates")
    options = parser.parse_args()
    pd.set_option("display.width", 250, "display.max_columns", 30)
    with tempfile.TemporaryDirectory() as folder:
        regions = compile_europe(options.sources, Path(folder))
        study = synergy.load(folder)
        print(f"{regions} regions, {study['participations']['project_id'].nunique()} projects")
        if options.learn:
            _learn(study)
        elif options.ceiling:
            _ceiling(study, options)
        else:
            _measure(study, options)


def _learn(study: synergy.Study) -> None:
    from benchmarks.backtest.learn import affinity_weights, pair_weights

    print("\npairs: mean AUC over the earlier windows", pair_weights(study).head(8).round(3), sep="\n")
    print("\nthemes: mean gain over popularity alone", affinity_weights(study).head(8).round(3), sep="\n")


def _ceiling(study: synergy.Study, options: argparse.Namespace) -> None:
    from benchmarks.backtest.ceiling import ceilings

    for guess, (area, precision) in ceilings(study, options.cut, options.until).items():
        print(f"{guess}: AUC {area:.3f}, average precision {precision:.3f}")


def _measure(study: synergy.Study, options: argparse.Namespace) -> None:
    found = synergy.backtest(study, options.cut, until=options.until, draws=options.draws)
    for level in found.levels:
        print(f"\n{level.level}: {level.positives} of {level.cases} came true, by chance {level.base_rate:.4f}")
        print(level.frame[COLUMNS].round(3).to_string(index=False))
    print("", *found.verdicts, *found.notes, sep="\n")


if __name__ == "__main__":
    main()
