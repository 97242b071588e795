"""``synergy scheme``: regional programmes brought together for one joint call, and what their money can fund."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from synergy.commands import show
from synergy.commands.options import Json, OutFolder, Quiet, StudyPath

if TYPE_CHECKING:
    from pathlib import Path

    from synergy.funding import Scheme

CALENDAR = ["programme", "window", "moves", "decision", "budget EUR"]
RULES = ["rule", "state", "what the call has to take", "what mends it"]
PROPOSALS = ["proposal", "score", "asked EUR", "chance", "result"]


def scheme(
    study: StudyPath,
    topic: Annotated[
        str | None, typer.Option("--topic", help="A topic such as T03, or a code; the best topic if left out.")
    ] = None,
    region: Annotated[
        list[str] | None, typer.Option("--region", help="A region; may be said again. Those of the topic if left out.")
    ] = None,
    pot: Annotated[str, typer.Option("--pot", help="virtual, mixed or real.")] = "virtual",
    order: Annotated[str, typer.Option("--order", help="optimal, strict, skip or least-violation.")] = "optimal",
    balancing: Annotated[
        float, typer.Option("--balancing", help="Share of budgets in the balancing pot (mixed).")
    ] = 0.1,
    shift_weeks: Annotated[int, typer.Option("--shift-weeks", help="Weeks a window may move at most.")] = 8,
    overlap_days: Annotated[int, typer.Option("--overlap-days", help="Days all windows are to overlap.")] = 28,
    partner_cost: Annotated[
        float | None, typer.Option("--partner-cost", help="EUR assumed per partner whose cost no table holds.")
    ] = None,
    rules: Annotated[
        str | None, typer.Option("--rules", help="Rule set that consortia keep, by name or file; our own if left out.")
    ] = None,
    consortia: Annotated[int, typer.Option("--consortia", min=0, help="Consortia to look for without proposals.")] = 12,
    draws: Annotated[
        int, typer.Option("--draws", min=0, max=10_000, help="Draws of other scores and costs; 0 leaves chances out.")
    ] = 50,
    out: OutFolder = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Align programmes, select proposals, draft the joint call; with --out write scheme and call as pages and JSON."""
    from synergy import load, make_scheme
    from synergy.output import refuse_foreign

    if out is not None:
        refuse_foreign(out)
    loaded = load(study)
    made = make_scheme(
        loaded, topic, region or None, pot=pot, order=order, balancing=balancing, shift_weeks=shift_weeks,
        overlap_days=overlap_days, partner_cost=partner_cost, rules=rules, consortia=consortia, draws=draws,
    )  # fmt: skip
    if out is not None:
        from synergy.folders.scheme import write_scheme

        write_scheme(loaded, made, out)
    if as_json:
        show.as_json(made.to_dict())
    elif not quiet:
        _show(made, out)


def _show(made: Scheme, out: Path | None) -> None:
    alignment, calendar = made.alignment, made.alignment.calendar
    if made.illustrative:
        typer.echo("Illustrative: programmes or proposals are made up and do not exist.\n")
    rows = []
    for programme in alignment.programmes:
        entry = calendar.entries.get(programme.programme_id)
        moves = "" if entry is None else "stays" if not entry.days else f"{entry.days:+} days"
        window = "not known" if entry is None else entry.window.words()
        budget = None if programme.budget is None else f"{programme.budget / 100:,.0f}"
        rows.append((programme.name, window, moves, entry and entry.decision, budget))
    if rows:
        show.table(f"{alignment.theme.name}: {len(alignment)} programmes", CALENDAR, rows, ["budget EUR"])
    else:
        typer.echo(f"{alignment.theme.name}: the study holds no programme of these regions; programmes.csv takes them.")
    if calendar.entries:
        together = f"{calendar.opens or 'any day'} to {calendar.closes or 'any day'} ({calendar.clock})"
        typer.echo(f"Open together: {together}; {calendar.total} days moved in all.")
    if alignment.gaps:
        typer.echo(f"Without a programme: {', '.join(each.region_id for each in alignment.gaps)}.")
    if told := [(rule.title, rule.state, rule.common or None, rule.repair) for rule in alignment.rules]:
        typer.echo("")
        show.table("Rules", RULES, told)
    typer.echo("")
    _show_proposals(made)
    if out is not None:
        typer.echo(f"Written to {out}: open {out / 'scheme.html'} and {out / 'call.html'} in a browser.")


def _show_proposals(made: Scheme) -> None:
    from synergy.funding.otherwise import assumptions_said, intervals_said

    if not made.judged:
        typer.echo("There are no proposals to select from.")
        return
    proposals = []
    for each in made.judged:
        result = "funded" if each.proposal.proposal_id in made.funded else made.why(each)
        chance = made.chance(each)
        drawn = [] if made.demand is None else ["" if chance is None else f"{chance:.0%}"]
        asked = f"{sum(each.asked.values()) / 100:,.0f}"
        proposals.append([each.proposal.proposal_id, each.proposal.score, asked, *drawn, result])
    columns = [column for column in PROPOSALS if column != "chance" or made.demand is not None]
    show.table(made.offer.source, columns, proposals, ["score", "asked EUR", "chance"])
    assumptions = made.offer.assumptions
    if made.demand is not None:
        typer.echo(intervals_said(made.demand))
        assumptions += assumptions_said(made.demand)
    for line in assumptions:
        typer.echo(f"Assumption: {line}")
