"""``synergy activities``: what could regions change together, with which capacities, in which direction?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from synergy.commands import show
from synergy.commands.options import Json, OutFolder, Quiet, StudyPath

if TYPE_CHECKING:
    from synergy.activities import Activities

COLUMNS = {
    "activity_id": "activity", "name": "name", "topic_id": "topic", "origin": "from", "direction": "direction",
    "home": "home", "n_actors": "actors", "n_external": "external", "criteria_met": "met", "criteria_known": "known",
    "stage": "stage",
}  # fmt: skip


def activities(
    study: StudyPath,
    topic: Annotated[
        list[str] | None, typer.Option("--topic", help="Only this topic, e.g. T01; may be repeated.")
    ] = None,
    out: OutFolder = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Find transformative activities; with --out write activities.html, .md, .json and the tables as CSV."""
    from synergy import find_activities, load
    from synergy.output import refuse_foreign
    from synergy.report.activities import summarise_activities

    if out is not None:
        refuse_foreign(out)
    loaded = load(study)
    found = find_activities(loaded, only=topic or ())
    if out is not None:
        from synergy.folders.activities import write_activities

        write_activities(loaded, found, out)
    if as_json:
        show.as_json(summarise_activities(loaded, found))
    elif not quiet:
        _show(found)


def _show(found: Activities) -> None:
    heads = list(COLUMNS.values())
    rows = found.frame[list(COLUMNS)].itertuples(index=False)
    show.table(f"{len(found)} transformative activities", heads, rows, ["actors", "external", "met", "known"])
    reasons = found.refused.groupby("reason")["count"].sum().sort_index()
    typer.echo("")
    for reason, count in reasons.items():
        typer.echo(f"refused {count}: {reason}")
