"""What a backtest's figures mean, in plain words, also where our score loses."""

from __future__ import annotations

from typing import Any

import numpy as np

from synergy.backtesting.evaluate import Level

FEW = 20
WORTH = {"auc": "AUC", "average_precision": "average precision"}


def verdict(levels: tuple[Level, ...]) -> tuple[str, ...]:
    """Return a sentence or two per level."""
    return tuple(sentence for level in levels for sentence in _of(level))


def _of(level: Level) -> list[str]:
    if level.positives < FEW:
        return [f"{_name(level)}: only {level.positives} of {level.cases} came true, too few to judge by."]
    rows = level.frame.set_index("scorer").to_dict("index")
    ours = [name for name, row in rows.items() if row["kind"] == "score"]
    baselines = {name: row for name, row in rows.items() if row["kind"] == "baseline"}
    parts = {name: row for name, row in rows.items() if row["kind"] == "part"}
    best = max(baselines, key=lambda name: (baselines[name]["auc"], name))
    if not ours:
        top = max(parts, key=lambda name: (parts[name]["auc"], name))
        return [
            f"{_name(level)}: {_measured(top, parts[top])}; of the baselines {_measured(best, baselines[best])};"
            f" base rate {level.base_rate:.4f}."
        ]
    own = rows[ours[0]]
    first = (
        f"{_name(level)}: our {_measured(ours[0], own)}; the best baseline, {_measured(best, baselines[best])};"
        f" base rate {level.base_rate:.3f}."
    )
    return [first, _comparison(ours[0], own, rows), *_alone(parts)]


def _comparison(name: str, own: dict[str, Any], rows: dict[str, dict[str, Any]]) -> str:
    baselines = {other: row for other, row in rows.items() if row["kind"] == "baseline"}
    said = []
    for measure, word in WORTH.items():
        ahead = sorted(other for other, row in baselines.items() if row[f"{measure}_lead_low"] > 0)
        behind = sorted(other for other, row in baselines.items() if row[f"{measure}_lead_high"] < 0)
        open_ = sorted(set(baselines) - set(ahead) - set(behind))
        if len(ahead) == len(baselines):
            said.append(f"in {word} it is better than every baseline")
        else:
            lost = f", worse than {_listed(behind)}" if behind else ""
            tied = f", not told apart from {_listed(open_)}" if open_ else ""
            said.append(f"in {word} it is better than {len(ahead)} of {len(baselines)} baselines{lost}{tied}")
    chance = "" if own["auc_low"] > 0.5 else " It is not told apart from chance."
    return f"{'; '.join(said)}.{chance}".replace("in AUC it", f"In AUC {name}", 1)


def _alone(parts: dict[str, dict[str, Any]]) -> list[str]:
    nothing = sorted(name for name, row in parts.items() if not row["auc_low"] > 0.5 and not np.isnan(row["auc"]))
    return [f"Alone, no better than chance: {_listed(nothing)}."] if nothing else []


def _measured(name: str, row: dict[str, Any]) -> str:
    return (
        f"{name} has AUC {row['auc']:.2f} ({row['auc_low']:.2f} to {row['auc_high']:.2f}),"
        f" average precision {row['average_precision']:.3f}"
        f" ({row['average_precision_low']:.3f} to {row['average_precision_high']:.3f})"
    )


def _listed(names: list[str]) -> str:
    plain = [name.removeprefix("part: ") for name in names]
    return plain[0] if len(plain) == 1 else f"{', '.join(plain[:-1])} and {plain[-1]}"


def _name(level: Level) -> str:
    return level.level[0].upper() + level.level[1:]
