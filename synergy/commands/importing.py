"""``synergy import``: what a survey tool exported becomes the ``survey.csv`` of a study."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from synergy.commands import show
from synergy.commands.options import Json, OutFile, Overwrite, Quiet

Pairs = list[str] | None
SHOWN = 12
"""So many names of a kind are listed."""


def import_survey(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="LimeSurvey or EUSurvey CSV, .xlsx; a row per person.")],
    out: OutFile = None,
    study: Annotated[
        Path | None, typer.Option("--study", help="Whose regions there are; the study of --out if left out.")
    ] = None,
    respondent: Annotated[str | None, typer.Option("--respondent", help="Column with a number or key.")] = None,
    region: Annotated[str | None, typer.Option("--region", help="Column of the region.")] = None,
    stakeholder: Annotated[str | None, typer.Option("--stakeholder", help="Column of the stakeholder type.")] = None,
    region_id: Annotated[str | None, typer.Option("--region-id", help="The region of everybody, e.g. AT31.")] = None,
    stakeholder_type: Annotated[
        str | None, typer.Option("--stakeholder-type", help="The type of everybody, e.g. cluster.")
    ] = None,
    map_region: Annotated[
        Pairs, typer.Option("--map-region", help="A name of a region, as Tirol=AT33; may be said again.")
    ] = None,
    map_stakeholder: Annotated[
        Pairs, typer.Option("--map-stakeholder", help="A name of a type, as Netzwerk=cluster; may be said again.")
    ] = None,
    map_item: Annotated[
        Pairs, typer.Option("--map-item", help="A column of an item, as SQ001=DS1; may be said again.")
    ] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help="Sheet of the workbook; found if left out.")] = None,
    instrument: Annotated[Path | None, typer.Option("--instrument", help="Your own questionnaire, as TOML.")] = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Read the answers of a survey tool and tell what is in them; with --out write them as survey.csv."""
    from synergy.folders.files import to_csv
    from synergy.output import refuse_file, whole_file
    from synergy.survey import load_instrument, read_responses, study_regions, summarise_responses

    if out is not None:
        _refuse_itself(out, file)
        refuse_file(out, overwrite=overwrite)
    home = study if study is not None else _study_of(out)
    labels = _pairs("--map-region", map_region, "Tirol=AT33")
    asked = load_instrument(instrument)
    found = read_responses(
        file,
        asked,
        respondent=respondent,
        region=region,
        stakeholder=stakeholder,
        regions=study_regions(home, labels) if home is not None else labels or None,
        stakeholders=_pairs("--map-stakeholder", map_stakeholder, "Netzwerk=cluster"),
        items=_pairs("--map-item", map_item, "SQ001=DS1"),
        region_id=region_id,
        stakeholder_type=stakeholder_type,
        sheet=sheet,
    )
    told = summarise_responses(found, asked) | {
        "regions_of": None if home is None else str(home),
        "out": None if out is None else str(out),
    }
    if out is not None:
        whole_file(out, to_csv(found.to_table()), overwrite=overwrite)
    if as_json:
        show.as_json(told)
    elif not quiet:
        _show(told)


def _refuse_itself(out: Path, file: Path) -> None:
    from synergy.errors import OutputRefused

    if out.exists() and file.exists() and out.samefile(file):
        raise OutputRefused(f"{out} is the file that is read; choose another --out")


def _study_of(out: Path | None) -> Path | None:
    """Return the folder of a file to write if it is a study's."""
    return out.parent if out is not None and (out.parent / "regions.csv").is_file() else None


def _pairs(option: str, given: Sequence[str] | None, example: str) -> dict[str, str]:
    from synergy.errors import UsageError

    found: dict[str, str] = {}
    for text in given or ():
        label, _, key = (part.strip() for part in text.rpartition("="))
        if not label or not key:
            raise UsageError(f"{option} {text!r}: expected a name and what it stands for, such as {example}")
        if found.setdefault(label, key) != key:
            raise UsageError(f"{option}: {label!r} stands for {found[label]!r} and for {key!r}; say one of them")
    return found


def _show(told: dict[str, Any]) -> None:
    kinds = list(told["stakeholders"])
    rows = [
        (each["region_id"], *each["stakeholders"].values(), each["respondents"], f"{each['answered_share']:.0%}")
        for each in told["regions"]
    ]
    rows.append(("all", *told["stakeholders"].values(), told["respondents"], f"{told['answered_share']:.0%}"))
    heads = ["region", *kinds, "people", "items answered"]
    title = f"{told['file']}: {told['respondents']} people, {told['answers']} answers"
    show.table(title, heads, rows, heads[1:])
    copies = [f"{each['respondent_id']} (as {each['same_as']})" for each in told["copies"]]
    for what, names in (
        ("All answers alike", told["straight_lines"]),
        ("The very answers of another", copies),
        ("Rows without any answer", told["empty_rows"]),
        ("Columns not used", told["ignored_columns"]),
    ):
        if names:
            more = f", … ({len(names)} in all)" if len(names) > SHOWN else ""
            typer.echo(f"{what}: {', '.join(show.shown(name)[:80] for name in names[:SHOWN])}{more}")
    if told["regions_of"] is None:
        typer.echo("Regions are not compared with those of a study; --study STUDY does it.")
    typer.echo(f"Written: {told['out']}" if told["out"] else "Nothing was written; --out STUDY/survey.csv writes it.")
