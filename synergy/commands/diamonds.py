"""``synergy diamonds``: the best of a study, of a field, or the diamond of chosen regions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from synergy.commands import show
from synergy.commands.options import Json, Overwrite, Quiet, StudyPath

if TYPE_CHECKING:
    from synergy.diamonds import Diamonds
    from synergy.tables.study import Study

KINDS = ("html", "md", "json", "csv")
HEADS = {
    "diamond_id": "diamond", "name": "field", "regions": "regions", "kind": "kind", "score": "score",
    "score_low": "low", "score_high": "high", "robust": "kind stays", "brings": "brings alone", "pooled": "pooled",
    "known_corners": "known",
}  # fmt: skip


def diamonds(
    study: StudyPath,
    topic: Annotated[str | None, typer.Option("--topic", help="Only this topic, e.g. T03.")] = None,
    field: Annotated[
        str | None, typer.Option("--field", help="This code with its narrower ones, e.g. ecosystem:health.")
    ] = None,
    regions: Annotated[
        str | None, typer.Option("--regions", help="Two to four regions, e.g. 'AT31;ITC4', of a topic or field.")
    ] = None,
    top: Annotated[int, typer.Option("--top", min=1, help="How many per topic or field.")] = 3,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Folder to write to, or a file ending in .html, .md, .json or .csv."),
    ] = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Find synergy diamonds: what two to four regions bring each other in a field (our own definition)."""
    from synergy import find_diamonds, load
    from synergy.diamonds import diamond
    from synergy.errors import UsageError
    from synergy.output import refuse_file, refuse_foreign
    from synergy.report.diamonds import summarise_diamonds

    if topic and field:
        raise UsageError("--topic and --field are both given, expected one of them")
    chosen = topic or field
    if regions and not chosen:
        raise UsageError("--regions needs a field: give --topic or --field too")
    kind = None if out is None else out.suffix.lower().removeprefix(".")
    if out is not None:
        refuse_file(out, overwrite=overwrite) if kind in KINDS else refuse_foreign(out)
    loaded = load(study)
    if regions and chosen:
        found = diamond(loaded, [part.strip() for part in regions.replace(",", ";").split(";") if part.strip()], chosen)
    else:
        found = find_diamonds(loaded, fields=[chosen] if chosen else None, top=top)
    summary = summarise_diamonds(loaded, found)
    if out is not None:
        _write(loaded, found, summary, out, kind if kind in KINDS else None, overwrite=overwrite)
    if as_json:
        show.as_json(summary)
    elif not quiet:
        _show(found)
        if out is not None:
            typer.echo(f"\nWritten: {out}")


def _show(found: Diamonds) -> None:
    from synergy.diamonds.words import OWN

    heads = list(HEADS.values())
    frame = found.frame.assign(regions=found.frame["regions"].str.replace(";", " "))
    numeric = ["score", "low", "high", "kind stays", "known"]
    show.table(
        f"{len(found)} synergy diamond{'s' * (len(found) != 1)}",
        heads,
        frame[list(HEADS)].itertuples(index=False),
        numeric,
    )
    if len(found) == 1:
        typer.echo(f"\n{found.frame['why'].iloc[0]} Rests on {found.frame['rests_on'].iloc[0]}.")
    typer.echo(f"\n{OWN}")


def _write(
    study: Study, found: Diamonds, summary: dict[str, Any], out: Path, kind: str | None, *, overwrite: bool
) -> None:
    """Write one file, or a folder with all four; whole or not at all."""
    from synergy.folders.files import to_csv
    from synergy.folders.manifest import write_manifest
    from synergy.output import whole_file, whole_folder
    from synergy.report.render import diamonds_to_html, diamonds_to_markdown, to_json

    text: dict[str, Callable[[], str]] = {
        "html": lambda: diamonds_to_html(summary),
        "md": lambda: diamonds_to_markdown(summary),
        "json": lambda: to_json(summary),
        "csv": lambda: to_csv(found.frame),
    }
    if kind:
        whole_file(out, text[kind](), overwrite=overwrite)
        return
    with whole_folder(out) as folder:
        for each, made in text.items():
            whole_file(folder / f"diamonds.{each}", made())
        write_manifest(study, folder)
