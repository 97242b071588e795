"""The folder of a scheme and its joint call."""

from __future__ import annotations

from pathlib import Path

from synergy.folders.files import write_text
from synergy.folders.manifest import write_manifest
from synergy.funding import Scheme
from synergy.output import whole_folder
from synergy.report.render import call_to_html, call_to_markdown, scheme_to_html, scheme_to_markdown, to_json
from synergy.report.scheme import summarise_scheme
from synergy.report.spreadsheet import spreadsheet
from synergy.tables.study import Study


def write_scheme(study: Study, scheme: Scheme, out: Path) -> None:
    """Write scheme and call as .html, .md and .json, and scheme.csv, whole or not at all."""
    summary = summarise_scheme(study, scheme)
    with whole_folder(out) as folder:
        write_text(folder / "scheme.html", scheme_to_html(summary))
        write_text(folder / "scheme.md", scheme_to_markdown(summary))
        write_text(folder / "scheme.json", to_json(summary))
        write_text(folder / "call.html", call_to_html(summary))
        write_text(folder / "call.md", call_to_markdown(summary))
        write_text(folder / "call.json", to_json(summary["scheme"]["call"]))
        write_text(folder / "scheme.csv", spreadsheet(scheme.to_frame()))
        write_manifest(study, folder)
