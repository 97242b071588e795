"""The folder of consortia."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from synergy.folders.files import write_text
from synergy.folders.manifest import write_manifest
from synergy.output import whole_folder
from synergy.partners import Absence, Proposal
from synergy.report.consortia import summarise_consortia
from synergy.report.render import consortia_to_html, consortia_to_markdown, to_json
from synergy.report.spreadsheet import spreadsheet
from synergy.tables.study import Study


def write_consortia(study: Study, found: Proposal, out: Path, absent: Sequence[Absence] = ()) -> None:
    """Write consortia.html, consortia.md, consortia.json and consortia.csv, whole or not at all."""
    summary = summarise_consortia(study, found, absent)
    with whole_folder(out) as folder:
        write_text(folder / "consortia.html", consortia_to_html(summary))
        write_text(folder / "consortia.md", consortia_to_markdown(summary))
        write_text(folder / "consortia.json", to_json(summary))
        write_text(folder / "consortia.csv", spreadsheet(found.to_frame()))
        write_manifest(study, folder)
