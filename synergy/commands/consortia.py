"""``synergy consortia``: who could apply together under the rules of a scheme, and what has to be confirmed?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from synergy.commands import USAGE, show
from synergy.commands.options import Json, OutFolder, Quiet, StudyPath

if TYPE_CHECKING:
    from synergy.partners import Proposal


def consortia(
    study: StudyPath,
    rules: Annotated[
        str | None, typer.Option("--rules", help="A rule set such as horizon-europe, or a file; 'list' shows them.")
    ] = None,
    topic: Annotated[str | None, typer.Option("--topic", help="The topic it is for, e.g. T01.")] = None,
    activity: Annotated[str | None, typer.Option("--activity", help="Or the activity, e.g. A01.")] = None,
    must: Annotated[list[str] | None, typer.Option("--must", help="Has to take part; may be said again.")] = None,
    exclude: Annotated[list[str] | None, typer.Option("--exclude", help="Must not; may be said again.")] = None,
    budget: Annotated[float | None, typer.Option("--budget", min=0, help="Most that all may cost together.")] = None,
    max_size: Annotated[int | None, typer.Option("--max-size", min=1, help="Most partners.")] = None,
    alternatives: Annotated[int, typer.Option("-k", min=1, max=50, help="Consortia to look for, the best first.")] = 3,
    absent: Annotated[list[str] | None, typer.Option("--why-not", help="Ask about one; may be said again.")] = None,
    cooperation: Annotated[
        float, typer.Option("--cooperation", help="Worth of a pair that worked together; a minus favours new ties.")
    ] = 0.0,
    complementarity: Annotated[
        float,
        typer.Option("--complementarity", min=0, help="Worth of the two regions that complement each other most."),
    ] = 0.0,
    out: OutFolder = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Find consortia for a topic or an activity; with --out write consortia.html, .md, .json and .csv."""
    from synergy import find_consortia, load
    from synergy.consortia import load_rules
    from synergy.errors import Infeasible
    from synergy.output import refuse_foreign
    from synergy.partners import absence
    from synergy.report.consortia import summarise_consortia
    from synergy.report.consortia_words import infeasible_values

    if rules == "list":
        _list(as_json=as_json, quiet=quiet)
        return
    if out is not None:
        refuse_foreign(out)
    scheme = None if rules is None else load_rules(rules)
    loaded = load(study)
    try:
        found = find_consortia(
            loaded, scheme, topic=topic, activity=activity, must=must or (), exclude=exclude or (), budget=budget,
            max_size=max_size, k=alternatives, cooperation=cooperation, complementarity=complementarity,
        )  # fmt: skip
    except Infeasible as error:
        if as_json:
            show.as_json({"infeasible": infeasible_values(error)})
            raise typer.Exit(USAGE) from None
        raise
    asked = [absence(found, who) for who in absent or ()]
    summary = summarise_consortia(loaded, found, asked)
    if out is not None:
        from synergy.folders.consortia import write_consortia

        write_consortia(loaded, found, out, asked)
    if as_json:
        show.as_json(summary)
    elif not quiet:
        _show(found, summary, out)


def _list(*, as_json: bool, quiet: bool) -> None:
    """Show the rule sets that come with Synergy."""
    from synergy.consortia import load_rules, rule_names

    known = [load_rules(name) for name in rule_names()]
    if as_json:
        show.as_json(
            [
                {"name": one.name, "title": one.title, "date": one.date, "source": one.source, "note": one.note or None,
                 "rules": show.records(one.to_frame())}
                for one in known
            ]
        )  # fmt: skip
    elif not quiet:
        rows = [(one.name, one.title, one.date, "; ".join(rule.says for rule in one.rules)) for one in known]
        show.table("Rule sets", ["name", "scheme", "date", "rules"], rows)


def _show(found: Proposal, summary: dict[str, Any], out: Path | None) -> None:
    from synergy.report.consortia_words import why_words

    best = summary["consortia"][0]
    rows = [
        (each["name"], each["kind"], each["region_id"], "; ".join(each["covers"]), each["loss"], each["row"])
        for each in best["members"]
    ]
    proof = "proven best" if best["proven"] else f"at most {best['gap']:.1%} below the best there can be"
    title = f"{found.subject.id} {found.subject.name} under {found.rules.title}: {len(rows)} partners, {proof}"
    show.table(title, ["partner", "kind", "region", "holds", "leaves with it", "row"], rows, ["leaves with it"])
    typer.echo("")
    rules = [
        (each["says"], each["status"], "; ".join(filter(None, (each["found"], each["because"]))))
        for each in best["rules"]
    ]
    show.table("Rules and wishes", ["rule", "verdict", "found"], rules)
    for each in summary["consortia"][1:]:
        typer.echo(
            f"\nAlternative {each['number']}, {each['less_than_best']:.3f} less: join {'; '.join(each['joins'])}"
        )
    for each in summary["leaving"]:
        if each["broken"] and each["replacement"] is None:
            typer.echo(f"\nNobody can take the place of {each['name']}: {'; '.join(each['broken'])}")
    for each in summary["why_not"]:
        typer.echo(f"\nWhy not {each['name']}: {why_words(each)}")
    if summary["held_by_nobody"]:
        typer.echo(f"\nHeld by nobody named: {'; '.join(each['name'] for each in summary['held_by_nobody'])}")
    nobody = summary["for"]["nobody_named"]
    if nobody:
        typer.echo(f"Nobody named in {', '.join(each['region_id'] for each in nobody)}.")
    if out is not None:
        typer.echo(f"\nWritten to {out}: open {out / 'consortia.html'} in a browser.")
