"""``synergy backtest``: does the score foresee who cooperates, and on what?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from synergy.commands import show
from synergy.commands.options import Json, OutFolder, Quiet, StudyPath

if TYPE_CHECKING:
    from synergy.backtesting import Backtest

COLUMNS = {
    "scorer": "scorer", "kind": "kind", "known": "known", "auc": "AUC", "auc_low": "low", "auc_high": "high",
    "average_precision": "AP", "average_precision_low": "low", "average_precision_high": "high",
    "precision_at_k": "P@k",
}  # fmt: skip


def backtest(
    study: StudyPath,
    cut: Annotated[str, typer.Option("--cut", help="Last year (2015) or day (2016-06-30) of what is known.")],
    until: Annotated[str | None, typer.Option("--until", help="Last year or day of what is to be foreseen.")] = None,
    out: OutFolder = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Test the scores on what began after a date; with --out write backtest.html, .md, .json and .csv."""
    from synergy import load
    from synergy.backtesting import backtest as measure
    from synergy.output import refuse_foreign

    if out is not None:
        refuse_foreign(out)
    loaded = load(study)
    found = measure(loaded, cut, until=until)
    if out is not None:
        from synergy.folders.backtest import write_backtest

        write_backtest(loaded, found, out)
    if as_json:
        show.as_json(found.to_dict())
    elif not quiet:
        _show(found)


def _show(found: Backtest) -> None:
    for level in found.levels:
        title = f"{level.level}: {level.question} {level.positives} of {level.cases} came true, k = {level.k}"
        rows = level.frame[list(COLUMNS)].itertuples(index=False)
        show.table(
            title, list(COLUMNS.values()), rows, [name for name in COLUMNS.values() if name not in ("scorer", "kind")]
        )
        typer.echo("")
    for sentence in (*found.verdicts, *found.notes):
        typer.echo(str(sentence))
