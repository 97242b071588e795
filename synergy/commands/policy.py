"""``synergy policy``: what recurs over the regions, who lags alike, who learns from whom, and what follows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from synergy.commands import show
from synergy.commands.options import Json, OutFolder, Quiet, StudyPath

if TYPE_CHECKING:
    from synergy.learning import PolicyReading

PAIRS = {"pair_id": "pair", "learner": "learns", "teacher": "from", "title": "what", "value": "value"}


def policy(
    study: StudyPath,
    teach: Annotated[int, typer.Option("--teach", min=1, help="Pairs in which a region teaches at most.")] = 3,
    learn: Annotated[int, typer.Option("--learn", min=1, help="Areas that a region learns at most.")] = 2,
    instrument: Annotated[Path | None, typer.Option("--instrument", help="Your own questionnaire, as TOML.")] = None,
    out: OutFolder = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Read the survey over all regions; with --out write policy.html, .md, .json and the learning pairs."""
    from synergy import load, policy_reading
    from synergy.output import refuse_foreign

    if out is not None:
        refuse_foreign(out)
    loaded = load(study)
    reading = policy_reading(loaded, teach=teach, learn=learn, instrument=instrument)
    if out is not None:
        from synergy.folders.learning import write_policy

        write_policy(loaded, reading, out)
    if as_json:
        from synergy.report.policy import summarise_policy

        show.as_json(summarise_policy(loaded, reading))
    elif not quiet:
        show.source(loaded, "survey")
        _show(reading, out)


def _show(reading: PolicyReading, out: Path | None) -> None:
    for number, each in enumerate(reading.implications, start=1):
        typer.echo(f"{number}. {each.seen}\n   So: {each.advice}")
    typer.echo("")
    rows = reading.pairs[list(PAIRS)].itertuples(index=False)
    show.table(f"{len(reading.pairs)} learning pairs", list(PAIRS.values()), rows, ["value"])
    for group in reading.alike.groups:
        typer.echo(f"alike: {', '.join(group.regions)} (stability {group.stability:.2f}, {group.verdict})")
    if out is not None:
        typer.echo(f"Written to {out}: open {out / 'policy.html'} in a browser.")
