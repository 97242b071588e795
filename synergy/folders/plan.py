"""The folder of an action plan."""

from __future__ import annotations

from pathlib import Path

from synergy.folders.files import write_text
from synergy.folders.manifest import write_manifest
from synergy.output import whole_folder
from synergy.planning import Plan
from synergy.report.plan import summarise_plan
from synergy.report.render import plan_to_html, plan_to_markdown, to_json
from synergy.report.spreadsheet import spreadsheet
from synergy.tables.study import Study


def write_plan(study: Study, plan: Plan, out: Path) -> None:
    """Write plan.html, plan.md, plan.json, steps.csv and monitoring.csv, whole or not at all."""
    summary = summarise_plan(study, plan)
    with whole_folder(out) as folder:
        write_text(folder / "plan.html", plan_to_html(summary))
        write_text(folder / "plan.md", plan_to_markdown(summary))
        write_text(folder / "plan.json", to_json(summary))
        write_text(folder / "steps.csv", spreadsheet(plan.to_frame()))
        write_text(folder / "monitoring.csv", spreadsheet(plan.monitoring()))
        write_manifest(study, folder)
