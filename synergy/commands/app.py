"""The commands, one function each; every one is a few lines around a function of the library."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from synergy.commands import PROBLEMS, show
from synergy.commands.activities import activities
from synergy.commands.backtest import backtest
from synergy.commands.consortia import consortia
from synergy.commands.diamonds import diamonds
from synergy.commands.importing import import_survey
from synergy.commands.options import Json, OutFile, OutFolder, Overwrite, Quiet, StudyPath, Top
from synergy.commands.plan import plan
from synergy.commands.policy import policy
from synergy.commands.practices import practices
from synergy.commands.scheme import scheme
from synergy.commands.stresstest import stresstest

if TYPE_CHECKING:
    import pandas as pd

app = typer.Typer(
    name="synergy",
    help="Find where regions should innovate together: tables in; graph, topics, map and report out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback(invoke_without_command=True)
def about(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """Find where regions should innovate together: tables in; graph, topics, map and report out."""
    if version:
        from synergy.folders.manifest import own_version

        typer.echo(f"synergy {own_version()}")
        raise typer.Exit


@app.command()
def run(
    study: StudyPath,
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder to write everything to.")] = Path("out"),
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Run the whole chain and write report, map, tables and graph files."""
    from synergy import pipeline

    result = pipeline.run(study, out, progress=show.progress(quiet or as_json))
    if as_json:
        show.as_json(
            {
                "out": str(out),
                "topics": show.records(result.topics.frame),
                "seconds": {k: round(v, 3) for k, v in result.seconds.items()},
            }
        )
    elif not quiet:
        _show_topics(result.topics.frame)
        typer.echo(f"\nWritten to {out}: open {out / 'report.html'} and {out / 'network.html'} in a browser.")


@app.command()
def check(study: StudyPath, as_json: Json = False, quiet: Quiet = False) -> None:
    """Find every problem of the tables: exit 0 when there is none, 1 otherwise."""
    from synergy.tables.check import check as find_problems

    problems = find_problems(study)
    if as_json:
        show.as_json(problems.to_dicts())
    elif problems or not quiet:
        typer.echo(f"{study}: {problems}")
    if problems:
        raise typer.Exit(PROBLEMS)


@app.command()
def graph(study: StudyPath, out: OutFolder = None, as_json: Json = False, quiet: Quiet = False) -> None:
    """Show the layers of the graph; with --out write GraphML, GEXF, node-link JSON and Parquet."""
    from synergy import build, load
    from synergy.folders.files import write_graph
    from synergy.folders.manifest import write_manifest
    from synergy.learning.layers import with_learning
    from synergy.output import refuse_foreign, whole_folder

    if out is not None:
        refuse_foreign(out)
    loaded = load(study)
    built = with_learning(build(loaded), loaded)
    if out is not None:
        with whole_folder(out) as folder:
            write_graph(built, folder)
            write_manifest(loaded, folder)
    if as_json:
        layers = [{"layer": layer.name, "ties": layer.n_edges, "meaning": layer.meaning} for layer in built]
        show.as_json({"nodes": built.n_nodes, "ties": built.n_edges, "layers": layers})
    elif not quiet:
        rows = [(layer.name, layer.n_edges, layer.meaning) for layer in built]
        show.table(f"{loaded.title}: {built.n_nodes} nodes", ["layer", "ties", "what a weight means"], rows, ["ties"])


@app.command()
def pairs(
    study: StudyPath,
    out: OutFile = None,
    overwrite: Overwrite = False,
    top: Top = 20,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Score every pair of regions, part by part; with --out write the whole table as CSV."""
    from synergy import load, score_pairs
    from synergy.folders.files import to_csv
    from synergy.foresight import FORESIGHT
    from synergy.output import refuse_file, whole_file

    if out is not None:
        refuse_file(out, overwrite=overwrite)
    frame = score_pairs(load(study)).frame
    if out is not None:
        whole_file(out, to_csv(frame), overwrite=overwrite)
    if as_json:
        show.as_json(show.records(frame))
    elif not quiet:
        _show_pairs(frame.head(top))
        typer.echo(f"\n{FORESIGHT}")


@app.command()
def topics(
    study: StudyPath, out: OutFile = None, overwrite: Overwrite = False, as_json: Json = False, quiet: Quiet = False
) -> None:
    """Find the cooperation topics; with --out write them as CSV."""
    from synergy import find_topics, load
    from synergy.folders.files import to_csv
    from synergy.foresight import FORESIGHT
    from synergy.output import refuse_file, whole_file

    if out is not None:
        refuse_file(out, overwrite=overwrite)
    frame = find_topics(load(study)).frame
    if out is not None:
        whole_file(out, to_csv(frame), overwrite=overwrite)
    if as_json:
        show.as_json(show.records(frame))
    elif not quiet:
        _show_topics(frame)
        typer.echo(f"\n{FORESIGHT}")


app.command()(diamonds)


@app.command("map")
def draw_map(
    study: StudyPath,
    out: Annotated[Path, typer.Option("--out", "-o", help="HTML file to write.")] = Path("network.html"),
    overwrite: Overwrite = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Write the interactive network page."""
    from synergy import pipeline
    from synergy.output import refuse_file, whole_file

    refuse_file(out, overwrite=overwrite)
    result = pipeline.run(study, progress=show.progress(quiet or as_json))
    whole_file(out, pipeline.map_page(result), overwrite=overwrite)
    if as_json:
        show.as_json({"out": str(out), "nodes": result.graph.n_nodes, "ties": result.graph.n_edges})
    elif not quiet:
        typer.echo(f"Written: {out}")


@app.command()
def report(
    study: StudyPath,
    out: Annotated[Path, typer.Option("--out", "-o", help="File to write: .html, .md or .json.")] = Path("report.html"),
    overwrite: Overwrite = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Write the report as HTML, Markdown or JSON; --json prints the summary instead."""
    from synergy import pipeline
    from synergy.output import refuse_file, whole_file

    if not as_json:
        pipeline.report_kind(out)
        refuse_file(out, overwrite=overwrite)
    result = pipeline.run(study, progress=show.progress(quiet or as_json))
    if as_json:
        show.as_json(dict(result.summary))
        return
    whole_file(out, pipeline.report_text(result, pipeline.report_kind(out)), overwrite=overwrite)
    if not quiet:
        typer.echo(f"Written: {out}")


@app.command()
def explain(
    study: StudyPath,
    subject: Annotated[
        str,
        typer.Argument(
            help="A pair (AT31-ITC4), topic (T01), membership (T01:AT31), diamond (D01), activity (A01), learning "
            "pair (L01), workshop (W01)."
        ),
    ],
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Show the terms and the input rows that made a result."""
    from synergy import build, find_topics, load, score_pairs
    from synergy import explain as explain_subject

    loaded = load(study)
    built = build(loaded)
    scores = score_pairs(loaded, built)
    found = explain_subject(loaded, subject, scores=scores, topics=find_topics(loaded, built, scores))
    if as_json:
        show.as_json(found.to_dict())
    if as_json or quiet:
        return
    typer.echo(found.summary + "\n")
    show.table("", list(found.terms.columns), found.terms.itertuples(index=False), ["value"])
    rows = [(f"{file}:{row}", region, what) for file, row, region, what in found.rows.itertuples(index=False)]
    typer.echo("")
    show.table(f"{len(rows)} rows", ["row", "region", "what it says"], rows)


app.command()(activities)
app.command()(consortia)
app.command()(backtest)
app.command()(plan)
app.command()(scheme)
app.command("import")(import_survey)
app.command()(stresstest)
app.command()(policy)
app.command()(practices)


@app.command()
def rule(
    code: Annotated[str | None, typer.Argument(help="A code such as S101; none lists all.")] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Explain a problem code of `synergy check`."""
    from dataclasses import asdict

    from synergy.tables.rules import RULES
    from synergy.tables.rules import rule as find_rule

    chosen = [find_rule(code)] if code else list(RULES.values())
    if as_json:
        show.as_json(asdict(chosen[0]) if code else [asdict(each) for each in chosen])
    elif quiet:
        return
    elif code:
        each = chosen[0]
        typer.echo(f"{each.code} {each.title}\n\n{each.explanation}\n\nExample: {each.example}\nRemedy: {each.remedy}")
    else:
        show.table("", ["code", "what is wrong"], [(each.code, each.title) for each in chosen])


@app.command()
def doctor(as_json: Json = False, quiet: Quiet = False) -> None:
    """Say what is installed, what is missing, and whether a foreign `synergy` is in the way."""
    from synergy.commands.doctor import examine

    found = examine()
    if as_json:
        show.as_json(found)
    elif not quiet or found["missing"] or found["foreign"]:
        rows = [("synergy", found["synergy"] or "not installed, run from a folder"), ("location", found["location"])]
        rows += [("python", found["python"]), ("system", found["system"])]
        rows += [*found["installed"].items(), *((name, "MISSING") for name in found["missing"])]
        show.table("", ["what", "version"], rows)
        for other in found["foreign"]:
            typer.echo(f"In the way: {other} also provides a package named synergy; remove one of the two.")
        if not found["missing"] and not found["foreign"]:
            typer.echo("Everything is there.")
    if found["missing"] or found["foreign"]:
        raise typer.Exit(PROBLEMS)


PAIR_COLUMNS = {
    "rank": "rank", "range": "range", "region_a": "a", "region_b": "b", "total": "total", "similarity": "similarity",
    "similarity_excess": "beyond chance", "similarity_p": "p", "complementarity_a_from_b": "a gains",
    "complementarity_b_from_a": "b gains", "joint_projects": "projects", "distance_km": "km", "learning": "learning",
    "said": "rests on",
}  # fmt: skip
TOPIC_COLUMNS = {
    "topic_id": "topic", "name": "name", "score": "score", "score_low": "low", "score_high": "high",
    "n_regions": "regions", "n_countries": "countries", "stability": "stability", "leaders": "leaders",
}  # fmt: skip


def _show_pairs(frame: pd.DataFrame) -> None:
    ends = zip(frame["rank_low"], frame["rank_high"], strict=True)
    span = [None if str(high) in ("<NA>", "nan") else f"{low}-{high}" for low, high in ends]
    said = ["; ".join(filter(None, both)) for both in zip(frame["basis"], frame["note"], strict=True)]
    shown = frame.assign(range=span, said=said)
    columns = [column for column in PAIR_COLUMNS if column in shown]  # learning only where the study weighs it
    heads = [PAIR_COLUMNS[column] for column in columns]
    numeric = [head for head in heads if head not in ("a", "b", "rests on")]
    show.table("", heads, shown[columns].itertuples(index=False), numeric)


def _show_topics(frame: pd.DataFrame) -> None:
    heads = list(TOPIC_COLUMNS.values())
    rows = [[*row[:-1], row[-1].replace(";", " ")] for row in frame[list(TOPIC_COLUMNS)].itertuples(index=False)]
    show.table(f"{len(frame)} cooperation topics", heads, rows, heads[2:8])
