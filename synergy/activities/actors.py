"""Who takes part: cluster organisations and organisations whose own codes or projects name a capacity."""

from __future__ import annotations

import pandas as pd

from synergy.activities.candidates import Candidate
from synergy.activities.ground import Ground
from synergy.tables.fields import split_codes

AT_HOME, AWAY = 8, 3
COLUMNS = ("actor_id", "kind", "name", "region_id", "brings", "table", "row")
KINDS = ("cluster", "firm", "research", "university", "public", "other", "unknown")


def everyone(ground: Ground) -> pd.DataFrame:
    """Return every placed cluster and organisation with the codes that it names or works on, broader ones too.

    Columns: actor_id, kind, name, region_id, codes (a frozen set), projects, table, row. A participant that no table of
    organisations lists is of kind *unknown*.
    """
    whole = pd.concat([_clusters(ground), _organisations(ground)], ignore_index=True)
    up = ground.located.fields.up
    return whole.assign(
        codes=[frozenset(each for code in codes for each in (code, *up(code))) for codes in whole["codes"]]
    )


def actors_of(
    ground: Ground, people: pd.DataFrame, made: Candidate, partners: tuple[str, ...], ideas: pd.DataFrame
) -> pd.DataFrame:
    """Return actor_id, kind, name, region_id, brings, table, row: at most AT_HOME of the home and AWAY per partner.

    ``people`` as ``everyone`` gives them; ``brings`` are the capacities that the actor names itself or works on in a
    project. Kinds take turns, so that a region rich in one kind does not hide the others; within a kind, who brings
    more and has more projects comes first. Who an idea names is added.
    """
    wanted = set(made.codes)
    near = people[people["region_id"].isin([made.home, *partners])]
    brings = [sorted(wanted & codes) for codes in near["codes"]]
    near = near.assign(brings=[";".join(codes) for codes in brings], n=[len(codes) for codes in brings])
    near = near[near["n"] > 0].sort_values(
        ["region_id", "kind", "n", "projects", "actor_id"], ascending=[True, True, False, False, True], kind="stable"
    )
    turn = near.groupby(["region_id", "kind"]).cumcount()
    order = near.assign(turn=turn, at=near["kind"].map(KINDS.index)).sort_values(["turn", "at"], kind="stable")
    most = {made.home: AT_HOME} | dict.fromkeys(partners, AWAY)
    kept = [order.loc[order["region_id"] == region, list(COLUMNS)].head(count) for region, count in most.items()]
    whole = pd.concat([*kept, _idea_actors(ground, ideas, wanted)], ignore_index=True)
    return whole.drop_duplicates("actor_id", ignore_index=True)


def _clusters(ground: Ground) -> pd.DataFrame:
    rows = ground.located.clusters.dropna(subset=["region_id"])
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


def _organisations(ground: Ground) -> pd.DataFrame:
    rows = ground.located.organisations.dropna(subset=["region_id"])
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
                named[["idea_id", "who", "region_id", "capacities", "row"]].itertuples(index=False)
                if len(named)
                else ()
            )
        ],
        columns=list(COLUMNS),
    )
