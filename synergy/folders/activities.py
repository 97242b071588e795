"""The folder of transformative activities."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from synergy.activities import Activities
from synergy.folders.files import to_csv, write_text
from synergy.folders.manifest import write_manifest
from synergy.output import whole_folder
from synergy.report.activities import summarise_activities
from synergy.report.render import activities_to_html, activities_to_markdown, to_json
from synergy.tables.study import Study


def write_activities(study: Study, found: Activities, out: Path) -> None:
    """Write activities.html, .md, .json, one CSV per frame and history.csv, whole or not at all."""
    summary = summarise_activities(study, found)
    with whole_folder(out) as folder:
        write_text(folder / "activities.html", activities_to_html(summary))
        write_text(folder / "activities.md", activities_to_markdown(summary))
        write_text(folder / "activities.json", to_json(summary))
        for name, frame in activity_tables(found).items():
            write_text(folder / f"{name}.csv", to_csv(frame))
        write_manifest(study, folder)


def activity_tables(found: Activities) -> dict[str, pd.DataFrame]:
    """Return the tables that activities are written as, by file name."""
    parts = ("actors", "capacities", "actions", "relatedness", "criteria", "evidence", "refused")
    tables = {f"activity_{part}": getattr(found, part) for part in parts}
    # history.csv is what a study takes back as its table of carried activities
    return {"activities": found.frame, **tables, "history": found.history.drop(columns="change")}
