"""Who takes part: cluster organisations and organisations whose own codes or projects name a capacity."""

from __future__ import annotations

import pandas as pd

from synergy.activities.candidates import Candidate
from synergy.activities.ground import Ground
from synergy.tables.fields import split_codes

AT_HOME, AWAY = 8, 3
KINDS = ("cluster", "firm", "research", "university", "public", "other", "unknown")


def actors_of(ground: Ground, made: Candidate, partners: tuple[str, ...], ideas: pd.DataFrame) -> pd.DataFrame:
    """Return actor_id, kind, name, region_id, brings, table, row: at most AT_HOME of the home and AWAY per partner.

    ``brings`` are the capacities that the actor names itself or works on in a project. Kinds take turns, so that a region
    rich in one kind does not hide the others; within a kind, who brings more and has more projects comes first. A
    participant that no table of organisations lists is of kind *unknown*.
    """
    regions = (made.home, *partners)
    whole = pd.concat([_clusters(ground, regions), _organisations(ground, regions)], ignore_index=True)
    wanted = set(made.codes)
    up = ground.located.fields.up
    brings = [sorted(wanted & {each for code in codes for each in (code, *up(code))}) for codes in whole["codes"]]
    whole = whole.assign(brings=[";".join(codes) for codes in brings], n=[len(codes) for codes in brings])
    whole = whole[whole["n"] > 0].sort_values(
        ["region_id", "kind", "n", "projects", "actor_id"], ascending=[True, True, False, False, True], kind="stable"
    )
    turn = whole.groupby(["region_id", "kind"]).cumcount()
    order = whole.assign(turn=turn, at=whole["kind"].map(KINDS.index)).sort_values(
        ["region_id", "turn", "at"], kind="stable"
    )
    kept = [order[order["region_id"] == made.home].head(AT_HOME)]
    kept += [order[order["region_id"] == region].head(AWAY) for region in partners]
    columns = ["actor_id", "kind", "name", "region_id", "brings", "table", "row"]
    return pd.concat([*(rows[columns] for rows in kept), _idea_actors(ground, ideas, wanted)], ignore_index=True)[
        columns
    ].drop_duplicates("actor_id", ignore_index=True)


def _clusters(ground: Ground, regions: tuple[str, ...]) -> pd.DataFrame:
    rows = ground.located.clusters
    rows = rows[rows["region_id"].isin(regions)]
    return pd.DataFrame(
        {
            "actor_id": "cluster:" + rows["cluster_id"].astype(str),
            "kind": "cluster",
            "name": rows["name"],
            "region_id": rows["region_id"],
            "codes": [split_codes(cell) for cell in rows["codes"]],
            "projects": 0,
            "table": "clusters",
            "row": rows["row"],
        }
    )


def _organisations(ground: Ground, regions: tuple[str, ...]) -> pd.DataFrame:
    rows = ground.located.organisations
    rows = rows[rows["region_id"].isin(regions)]
    work = ground.theme_rows.dropna(subset=["org_id"]).groupby("org_id")
    themes = work["code"].agg(tuple).to_dict()
    projects = work["project_id"].nunique()
    return pd.DataFrame(
        {
            "actor_id": "firm:" + rows["org_id"].astype(str),
            "kind": rows["kind"].where(rows["table"] == "firms", "unknown"),
            "name": rows["name"],
            "region_id": rows["region_id"],
            "codes": [
                (*split_codes(cell), *themes.get(org, ()))
                for org, cell in rows[["org_id", "codes"]].itertuples(index=False)
            ],
            "projects": rows["org_id"].map(projects).fillna(0).astype(int),
            "table": rows["table"],
            "row": rows["row"],
        }
    )


def _idea_actors(ground: Ground, ideas: pd.DataFrame, wanted: set[str]) -> pd.DataFrame:
    """Return who the ideas name: a listed cluster or organisation, else a name of unknown kind."""
    kinds = dict(ground.located.study["firms"][["firm_id", "kind"]].itertuples(index=False, name=None))
    kinds |= dict.fromkeys(ground.located.study["clusters"]["cluster_id"], "cluster")
    named = ideas.dropna(subset=["who"]) if len(ideas) else ideas
    return pd.DataFrame(
        [
            (
                f"{'cluster' if kinds.get(who) == 'cluster' else 'firm'}:{who}" if who in kinds else f"idea:{idea}",
                kinds.get(who, "unknown"),
                who,
                ground.located.places.locate(region),
                ";".join(sorted(wanted & set(split_codes(codes)))),
                "ideas",
                row,
            )
            for idea, who, region, codes, row in (
                named[["idea_id", "who", "region_id", "capacities", "row"]].itertuples(index=False) if len(named) else ()
            )
        ],
        columns=["actor_id", "kind", "name", "region_id", "brings", "table", "row"],
    )
