"""The tables of a study, as data: read by the reader, the checker, the docs and the data package."""

from __future__ import annotations

from synergy.tables.columns import FIRM_KINDS, FIRM_SIZES, Column, Table, Type
from synergy.tables.funding_schema import FUNDING_TABLES

__all__ = ["BY_NAME", "FIRM_KINDS", "FIRM_SIZES", "ROLES", "STAGES", "TABLES", "Column", "Table", "Type"]

ROLES = ("lead", "partner")
STAGES = ("evidence base", "identification", "development", "implementation", "monitoring")
MATURITIES = ("pilot", "running", "proven")

_YEAR = Column("year", "year", "Year the fact refers to.", minimum=1900, maximum=2100)


def _rating(name: str, of: str) -> Column:
    return Column(name, "number", f"How the workshop rated {of}: 1 low to 5 high.", minimum=1, maximum=5)


TABLES: tuple[Table, ...] = (
    Table(
        "regions",
        "Regions",
        "The regions of the study and their parents: NUTS codes, or own ones.",
        key=("region_id",),
        required=True,
        columns=(
            Column("region_id", "id", "NUTS code or own code of the region.", required=True),
            Column("name", "text", "Name of the region.", required=True),
            Column("country", "text", "Country code, e.g. AT.", required=True),
            Column("parent_id", "id", "The region one step up; empty at the top.", references="regions"),
            Column(
                "level", "integer", "0 country … 3 NUTS 3; own numbers are fine.", required=True, minimum=0, maximum=9
            ),
            Column(
                "lat", "number", "Latitude of a representative point.", minimum=-90, maximum=90, unit="degrees north"
            ),
            Column(
                "lon", "number", "Longitude of a representative point.", minimum=-180, maximum=180, unit="degrees east"
            ),
        ),
    ),
    Table(
        "priorities",
        "S3 priorities",
        "What the smart specialisation strategy of a region prioritises, one row per priority.",
        key=("priority_id",),
        required=True,
        columns=(
            Column("priority_id", "id", "Own id of the priority.", required=True),
            Column("region_id", "id", "The region whose strategy names it.", required=True, references="regions"),
            Column("title", "text", "Name of the priority.", required=True),
            Column("description", "text", "What it covers."),
            Column("codes", "codes", "Fields it stands for, e.g. ecosystem:health;nace:21."),
            Column("source", "text", "Where the priority was read."),
            _YEAR,
        ),
    ),
    Table(
        "clusters",
        "Cluster organisations",
        "Cluster organisations and where they are.",
        key=("cluster_id",),
        columns=(
            Column("cluster_id", "id", "Own id of the cluster organisation.", required=True),
            Column("region_id", "id", "The region it is based in.", required=True, references="regions"),
            Column("name", "text", "Name of the cluster organisation.", required=True),
            Column("codes", "codes", "Fields it works in; empty when not known."),
            Column(
                "codes_basis",
                "text",
                "How the fields are known: profile (stated there) or name (read from its name).",
                choices=("profile", "name"),
            ),
            Column("members", "integer", "Number of members.", minimum=0, unit="members"),
            Column("url", "url", "Its web page."),
            _YEAR,
        ),
    ),
    Table(
        "firms",
        "Firms and other organisations",
        "Firms, universities, research organisations and public bodies.",
        key=("firm_id",),
        columns=(
            Column("firm_id", "id", "Own id of the organisation.", required=True),
            Column("region_id", "id", "The region it is based in.", required=True, references="regions"),
            Column("name", "text", "Name of the organisation.", required=True),
            Column("kind", "text", "Kind of organisation.", required=True, choices=FIRM_KINDS),
            Column("codes", "codes", "Fields it works in."),
            Column("size", "text", "Size class; sme where only that is known.", choices=FIRM_SIZES),
            _YEAR,
        ),
    ),
    Table(
        "memberships",
        "Cluster membership",
        "Which organisation belongs to which cluster.",
        key=("cluster_id", "firm_id"),
        columns=(
            Column("cluster_id", "id", "The cluster organisation.", required=True, references="clusters"),
            Column("firm_id", "id", "The member.", required=True, references="firms"),
        ),
    ),
    Table(
        "participations",
        "Project participations",
        "Who takes part in which cooperation project.",
        key=("project_id", "firm_id", "region_id", "organisation"),
        one_of=(("firm_id", "region_id"),),
        columns=(
            Column("project_id", "id", "Own id of the project.", required=True),
            Column("firm_id", "id", "The organisation, if it is in firms.", references="firms"),
            Column("region_id", "id", "The region of the participant, if it is not in firms.", references="regions"),
            Column("organisation", "text", "Name of the participant as its source spells it."),
            Column("programme", "text", "Funding programme."),
            Column("year", "year", "Year the project started.", minimum=1980, maximum=2100),
            Column("start", "date", "Day the project started, where it is known."),
            Column("theme", "codes", "Themes of the project, e.g. keep:tourism."),
            Column("role", "text", "Part played.", choices=ROLES),
            Column(
                "partners",
                "integer",
                "Partners of the whole project, those outside the study included.",
                minimum=1,
                unit="partners",
            ),
        ),
    ),
    Table(
        "activity",
        "Economic activity",
        "How much of each activity a region has, e.g. persons employed by NACE division.",
        key=("region_id", "code", "unit", "year"),
        columns=(
            Column("region_id", "id", "The region.", required=True, references="regions"),
            Column("code", "codes", "The activity, one code, e.g. nace:28.", required=True),
            Column("value", "number", "Amount; empty when not known or suppressed.", minimum=0),
            Column("unit", "text", "What is counted, e.g. persons employed.", required=True),
            _YEAR,
        ),
    ),
    Table(
        "codes",
        "Code lists",
        "Names of the codes the study uses and the broader fields they belong to.",
        key=("code",),
        columns=(
            Column("code", "codes", "The code, e.g. ecosystem:health.", required=True),
            Column("name", "text", "Its name.", required=True),
            Column("broader", "codes", "Broader fields it is part of, e.g. ecosystem:health for nace:21."),
            Column(
                "use",
                "text",
                "horizontal: a way of working or a funding line that makes no topic by itself; field if empty.",
                choices=("field", "horizontal"),
            ),
            Column("source", "text", "Where the name or the assignment comes from."),
        ),
    ),
    Table(
        "ideas",
        "Workshop ideas",
        "Ideas of discovery workshops: who would do what where, with which capacity, for which opportunity.",
        key=("idea_id",),
        columns=(
            Column("idea_id", "id", "Own id of the idea.", required=True),
            Column("region_id", "id", "The region whose workshop had it.", required=True, references="regions"),
            Column("workshop", "text", "The workshop it was said in."),
            Column("title", "text", "The idea in a few words, in any language.", required=True),
            Column("description", "text", "What it is about."),
            Column("language", "text", "Language it is written in, e.g. de."),
            Column("who", "text", "Who would do it: an id of firms or clusters, or a name."),
            Column("capacities", "codes", "Capacities it builds on, e.g. nace:16;keep:energy-efficiency."),
            Column("opportunities", "codes", "Fields of the opportunity it answers."),
            Column("opportunity", "text", "The opportunity in words."),
            _rating("capacity_rating", "whether the capacity is there"),
            _rating("opportunity_rating", "the opportunity"),
            _rating("feasibility_rating", "whether it can be done"),
            _YEAR,
            Column("source", "text", "Where the idea comes from; illustrative if nobody said it."),
        ),
    ),
    Table(
        "activities",
        "Carried activities",
        "Transformative activities of earlier runs, so that ids, stages and first years stay.",
        key=("activity_id",),
        columns=(
            Column("activity_id", "id", "Id of the activity, e.g. A01.", required=True),
            Column("name", "text", "Its name when it was last found."),
            Column("region_id", "id", "Its home region.", required=True, references="regions"),
            Column("about", "codes", "What it is about: the code or codes of its target.", required=True),
            Column("stage", "text", "Action line it has reached.", choices=STAGES),
            Column("first_seen", "year", "Year it was first found in.", minimum=1900, maximum=2100),
            Column("stage_since", "year", "Year it reached this stage.", minimum=1900, maximum=2100),
            Column("note", "text", "What people noted about it."),
        ),
    ),
    *FUNDING_TABLES,
    Table(
        "services",
        "Services of cluster organisations",
        "What cluster organisations do for their members: good practices that others can learn from.",
        key=("service_id",),
        one_of=(("cluster_id", "region_id"),),
        columns=(
            Column("service_id", "id", "Own id of the service.", required=True),
            Column("cluster_id", "id", "The cluster organisation that offers it.", references="clusters"),
            Column("region_id", "id", "Its region, if the cluster is not in clusters.", references="regions"),
            Column("title", "text", "The service in a few words.", required=True),
            Column("category", "id", "Key of its kind in the taxonomy, e.g. funding.", required=True),
            Column("description", "text", "What is done for whom."),
            Column("evidence", "text", "What shows that it works; empty when nothing does."),
            Column("maturity", "text", "How tried it is; proven: with an evaluation.", choices=MATURITIES),
            Column("target", "text", "Whom it is for."),
            Column("codes", "codes", "Fields it is tied to; empty when it is for all."),
            Column("languages", "text", "Languages it can be shown in, with ; between, e.g. de;en."),
            _YEAR,
            Column("source", "text", "Where it was read; illustrative if nobody offers it."),
        ),
    ),
    Table(
        "survey",
        "Survey answers",
        "Answers of people asked about clusters and the strategy, one row per respondent and item; never a name.",
        key=("respondent_id", "item"),
        columns=(
            Column("respondent_id", "id", "Number or key of the respondent, without a name.", required=True),
            Column("region_id", "id", "The region the answers are about.", required=True, references="regions"),
            Column("stakeholder", "id", "Stakeholder type of the instrument, e.g. cluster.", required=True),
            Column("item", "id", "Code of the item in the instrument, e.g. DS1.", required=True),
            Column(
                "answer",
                "integer",
                "1 not at all to 5 fully; 0 no information, which is missing.",
                minimum=0,
                maximum=5,
            ),
        ),
    ),
)

BY_NAME: dict[str, Table] = {table.name: table for table in TABLES}
