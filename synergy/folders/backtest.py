"""The folder of a backtest."""

from __future__ import annotations

from pathlib import Path

from synergy.backtesting import Backtest
from synergy.folders.files import to_csv, write_text
from synergy.folders.manifest import write_manifest
from synergy.output import whole_folder
from synergy.report.backtest import summarise_backtest
from synergy.report.render import backtest_to_html, backtest_to_markdown, to_json
from synergy.tables.study import Study


def write_backtest(study: Study, found: Backtest, out: Path) -> None:
    """Write backtest.html, backtest.md, backtest.json and backtest.csv, whole or not at all."""
    summary = summarise_backtest(study, found)
    with whole_folder(out) as folder:
        write_text(folder / "backtest.html", backtest_to_html(summary))
        write_text(folder / "backtest.md", backtest_to_markdown(summary))
        write_text(folder / "backtest.json", to_json(summary))
        write_text(folder / "backtest.csv", to_csv(found.to_frame()))
        write_manifest(study, folder)
