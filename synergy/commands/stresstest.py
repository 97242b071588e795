"""``synergy stresstest``: what people of each region say of clusters and strategy, beside what the data hold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from synergy.commands import show
from synergy.commands.options import Json, OutFolder, Quiet, StudyPath

if TYPE_CHECKING:
    from synergy.learning import StressTest


def stresstest(
    study: StudyPath,
    frontrunner: Annotated[
        str | None, typer.Option("--frontrunner", help="Compare all with this region, not with the mean.")
    ] = None,
    instrument: Annotated[Path | None, typer.Option("--instrument", help="Your own questionnaire, as TOML.")] = None,
    questionnaire: Annotated[
        bool, typer.Option("--questionnaire", help="Also write the questionnaire to print, in every language.")
    ] = False,
    out: OutFolder = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Read the survey; with --out write stresstest/REGION.html, .md, .json and stresstest/synthesis.*."""
    from synergy import load, stress_test
    from synergy.errors import UsageError
    from synergy.output import refuse_foreign

    if out is not None:
        refuse_foreign(out)
    elif questionnaire:
        raise UsageError("--questionnaire writes files: say where with --out")
    loaded = load(study)
    stress = stress_test(loaded, frontrunner=frontrunner, instrument=instrument)
    if out is not None:
        from synergy.folders.learning import write_stresstest

        write_stresstest(loaded, stress, out, questionnaires=questionnaire)
    if as_json:
        from synergy.report.stresstest import summarise_region, summarise_synthesis

        regions = {region: summarise_region(loaded, stress, region) for region in stress.regions}
        show.as_json({"synthesis": summarise_synthesis(loaded, stress), "regions": regions})
    elif not quiet:
        show.source(loaded, "survey")
        _show(stress, out)


def _show(stress: StressTest, out: Path | None) -> None:
    areas = stress.to_frame()
    titles = list(dict.fromkeys(areas["title"]))
    wide = areas.pivot(index="region_id", columns="title", values="mean")[titles]
    rows = [(region, *(float(value) for value in row)) for region, row in zip(wide.index, wide.to_numpy(), strict=True)]
    show.table(f"{stress.opinions.scores.respondents} people, means from 1 to 5", ["region", *titles], rows, titles)
    for region in stress.regions:
        typer.echo(f"\n{region}")
        for each in stress.findings[region]:
            typer.echo(f"- {each.text}")
    if out is not None:
        typer.echo(f"\nWritten to {out}: open {out / 'stresstest' / 'synthesis.html'} in a browser.")
