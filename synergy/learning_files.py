"""What regions learn, written to folders: stress tests, the policy reading, good practices; whole or not at all."""

from __future__ import annotations

from pathlib import Path

from synergy.learning import Practices
from synergy.output import whole_folder
from synergy.pipeline import to_csv, write_manifest
from synergy.report.learning import practices_to_html, practices_to_markdown
from synergy.report.practices import summarise_practices
from synergy.report.render import to_json
from synergy.tables.study import Study


def write_practices(study: Study, found: Practices, out: Path) -> None:
    """Write practices.html, practices.md, practices.json, lessons.csv and needs.csv."""
    summary = summarise_practices(study, found)
    with whole_folder(out) as folder:
        _text(folder / "practices.html", practices_to_html(summary))
        _text(folder / "practices.md", practices_to_markdown(summary))
        _text(folder / "practices.json", to_json(summary))
        _text(folder / "lessons.csv", to_csv(found.lessons))
        _text(folder / "needs.csv", to_csv(found.needs))
        write_manifest(study, folder)


def _text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
