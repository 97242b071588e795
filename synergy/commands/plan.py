"""``synergy plan``: who does what by when for transformative activities, and how one sees that it works."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from synergy.commands import show
from synergy.commands.options import Json, OutFolder, Quiet, StudyPath

if TYPE_CHECKING:
    from synergy.planning import Plan

COLUMNS = ["step", "what", "who leads", "weeks", "after", "milestone"]


def plan(
    study: StudyPath,
    activity: Annotated[list[str] | None, typer.Option("--activity", help="An activity; may be said again.")] = None,
    topic: Annotated[str | None, typer.Option("--topic", help="All activities of a topic.")] = None,
    start: Annotated[str | None, typer.Option("--start", help="The Monday of week 1, such as 2027-01-11.")] = None,
    previous: Annotated[Path | None, typer.Option("--previous", help="monitoring.csv of an earlier plan.")] = None,
    template: Annotated[Path | None, typer.Option("--template", help="Your own steps, roles, indicators.")] = None,
    rules: Annotated[
        str | None, typer.Option("--rules", help="Propose a consortium under a rule set, such as horizon-europe.")
    ] = None,
    out: OutFolder = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Plan activities: steps, people, dates, indicators; with --out write plan.html, .md, .json and two tables."""
    from synergy import load
    from synergy.output import refuse_foreign
    from synergy.planning import make_plan

    if out is not None:
        refuse_foreign(out)
    loaded = load(study)
    made = make_plan(
        loaded, chosen=activity or (), topic=topic, start=start, template=template, previous=previous, rules=rules
    )
    if out is not None:
        from synergy.folders.plan import write_plan

        write_plan(loaded, made, out)
    if as_json:
        show.as_json(made.to_dict())
    elif not quiet:
        _show(made, out)


def _show(made: Plan, out: Path | None) -> None:
    for part in made.parts:
        rows = [
            (step.number, step.title, step.lead.first, step.weeks_text,
             " ".join(map(str, sorted(map(part.number, step.depends)))), step.milestone)
            for step in part.steps
        ]  # fmt: skip
        show.table(f"{part.facts.activity_id} {part.facts.name}: {part.weeks} weeks", COLUMNS, rows, ["step"])
        if part.team is not None:
            names = "; ".join(f"{member.name} ({member.region})" for member in part.team.members)
            typer.echo(f"Consortium under {part.team.scheme}: {names or 'none: ' + part.team.why_none}")
        typer.echo(f"{len(part.gaps)} things are still to be filled in by people.\n")
    for note in made.notes:
        typer.echo(note)
    if out is not None:
        typer.echo(f"Written to {out}: open {out / 'plan.html'} in a browser.")
