"""``synergy practices``: which service of which cluster organisation should whom learn, and in which workshop?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from synergy.commands import show
from synergy.commands.options import Json, OutFolder, Quiet, StudyPath

if TYPE_CHECKING:
    from synergy.learning import Practices

LESSONS = {"region_id": "learns", "category": "kind", "teacher": "from", "title": "service", "value": "value",
           "need": "need", "tried": "tried", "field": "field", "language": "language"}  # fmt: skip
WORKSHOPS = ["workshop", "kind", "field", "host", "teach", "learn", "language"]


def practices(
    study: StudyPath,
    taxonomy: Annotated[Path | None, typer.Option("--taxonomy", help="Your own kinds of service, as TOML.")] = None,
    teach: Annotated[int, typer.Option("--teach", min=1, help="Lessons a region teaches at most.")] = 3,
    learn: Annotated[int, typer.Option("--learn", min=1, help="Lessons a region learns at most.")] = 3,
    out: OutFolder = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Match services to needs, propose workshops; with --out write practices.html, .md, .json and two tables."""
    from synergy import find_practices, load
    from synergy.output import refuse_foreign

    if out is not None:
        refuse_foreign(out)
    loaded = load(study)
    found = find_practices(loaded, taxonomy=taxonomy, teach=teach, learn=learn)
    if out is not None:
        from synergy.folders.learning import write_practices

        write_practices(loaded, found, out)
    if as_json:
        from synergy.report.practices import summarise_practices

        show.as_json(summarise_practices(loaded, found))
    elif not quiet:
        show.source(loaded, "services")
        _show(found, out)


def _show(found: Practices, out: Path | None) -> None:
    rows = found.lessons[list(LESSONS)].itertuples(index=False)
    show.table(f"{len(found)} lessons", list(LESSONS.values()), rows, list(LESSONS.values())[4:])
    typer.echo("")
    for each in found.unmet.itertuples(index=False):
        typer.echo(f"without a teacher: {each.region_id}, {each.category}: {each.reason}")
    shown = [
        (
            w.workshop_id,
            w.title,
            w.field or None,
            w.host,
            " ".join(w.teachers),
            " ".join(w.learners),
            w.language or None,
        )
        for w in found.workshops
    ]
    show.table(f"{len(shown)} workshops", WORKSHOPS, shown)
    if out is not None:
        typer.echo(f"Written to {out}: open {out / 'practices.html'} in a browser.")
