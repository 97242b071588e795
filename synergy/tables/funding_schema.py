"""The tables of funding: programmes, their windows, rates and needs, and proposals."""

from __future__ import annotations

from synergy.tables.columns import FIRM_KINDS, FIRM_SIZES, YES_NO, Column, Table

CURRENCIES = ("EUR", "CHF")
PARTNERS = ("any", "sme", *FIRM_KINDS)
WINDOW_KINDS = ("call", "open-ended", "continuous")

FUNDING_TABLES: tuple[Table, ...] = (
    Table(
        "programmes",
        "Funding programmes",
        "Programmes that can fund a region's partners in a joint call.",
        key=("programme_id",),
        ordered=(("trl_min", "trl_max"), ("min_grant", "max_grant")),
        columns=(
            Column("programme_id", "id", "Own id of the programme.", required=True),
            Column("region_id", "id", "The region whose partners it funds.", required=True, references="regions"),
            Column("name", "text", "Name of the programme.", required=True),
            Column("funder", "text", "Who pays."),
            Column("codes", "codes", "Themes it funds."),
            Column("any_theme", "text", "Whether it is open to every theme.", choices=YES_NO),
            Column("currency", "text", "Currency of its amounts; EUR if empty.", choices=CURRENCIES),
            Column("budget", "number", "Money of the call.", minimum=0, unit="of its currency"),
            Column(
                "min_grant", "number", "Least grant to its partners in one project.", minimum=0, unit="of its currency"
            ),
            Column(
                "max_grant",
                "number",
                "Most it grants to its partners in one project.",
                minimum=0,
                unit="of its currency",
            ),
            Column(
                "partner_cost",
                "number",
                "What a partner's part of a project typically costs: an assumption, used where no proposal says costs.",
                minimum=0,
                unit="of its currency",
            ),
            Column("decision_weeks", "integer", "Weeks from the deadline to the decision.", minimum=0, unit="weeks"),
            Column("earliest_start", "date", "Day before which no project may begin."),
            Column("max_months", "integer", "Longest project.", minimum=1, unit="months"),
            Column("trl_min", "integer", "Lowest technology readiness level it funds.", minimum=1, maximum=9),
            Column("trl_max", "integer", "Highest technology readiness level it funds.", minimum=1, maximum=9),
            Column("unfunded_partner", "text", "Whether a foreign partner may take part unfunded.", choices=YES_NO),
            Column("external_evaluation", "text", "Whether it accepts an evaluation made by others.", choices=YES_NO),
            Column("source", "text", "Where the programme was read; illustrative if there is none such."),
        ),
    ),
    Table(
        "call_windows",
        "Call windows",
        "When a programme takes proposals, one row per window.",
        key=("programme_id", "opens", "closes"),
        columns=(
            Column("programme_id", "id", "The programme.", required=True, references="programmes"),
            Column(
                "kind",
                "text",
                "call: closes at a deadline; open-ended: opens and is not closed; continuous: always open.",
                required=True,
                choices=WINDOW_KINDS,
            ),
            Column("opens", "moment", "First day, or day and time."),
            Column("closes", "moment", "Last day, that day included, or day and time of the deadline."),
            Column("time_zone", "text", "Time zone, e.g. Europe/Zurich; UTC where none is known."),
            Column("movable", "text", "Whether the funder could still move it.", choices=YES_NO),
        ),
    ),
    Table(
        "funding_rates",
        "Funding rates",
        "Which share of its costs a programme pays to whom, one row per kind and size.",
        key=("programme_id", "kind", "size"),
        columns=(
            Column("programme_id", "id", "The programme.", required=True, references="programmes"),
            Column("kind", "text", "Kind of organisation.", required=True, choices=FIRM_KINDS),
            Column("size", "text", "Size class; every size if empty.", choices=FIRM_SIZES),
            Column(
                "rate",
                "number",
                "Share of the costs: 0 not eligible; eligible at a rate that is not known if empty. No row: unknown.",
                minimum=0,
                maximum=1,
            ),
        ),
    ),
    Table(
        "partner_needs",
        "Partners a programme needs",
        "How many partners of which kind a project needs so that a programme funds it.",
        key=("programme_id", "who", "where"),
        columns=(
            Column("programme_id", "id", "The programme.", required=True, references="programmes"),
            Column("who", "text", "Who is counted; sme: a firm of up to medium size.", required=True, choices=PARTNERS),
            Column(
                "where",
                "text",
                "home: in the programme's region; project: in the whole project.",
                required=True,
                choices=("home", "project"),
            ),
            Column("minimum", "integer", "At least so many.", required=True, minimum=1, unit="partners"),
        ),
    ),
    Table(
        "exchange_rates",
        "Exchange rates",
        "What other currencies are worth in euro, as budgets are compared in it.",
        key=("currency",),
        columns=(
            Column("currency", "text", "The currency.", required=True, choices=CURRENCIES[1:]),
            Column("euro", "number", "What one unit of it is worth in euro.", required=True, minimum=1e-9, unit="EUR"),
            Column("date", "date", "Day of the rate.", required=True),
            Column("source", "text", "Where the rate was read."),
        ),
    ),
    Table(
        "proposals",
        "Proposals",
        "Proposals for a joint call, one row per partner: what it would cost, and how the proposal was scored.",
        key=("proposal_id", "region_id", "partner"),
        columns=(
            Column("proposal_id", "id", "Own id of the proposal.", required=True),
            Column("score", "number", "Score of the evaluation, the same on every row.", required=True, minimum=0),
            Column("codes", "codes", "Themes of the proposal; taken for every topic if empty."),
            Column("region_id", "id", "The region of the partner.", required=True, references="regions"),
            Column("partner", "text", "Name of the partner."),
            Column("kind", "text", "Kind of organisation.", choices=FIRM_KINDS),
            Column("size", "text", "Size class; sme where only that is known.", choices=FIRM_SIZES),
            Column("cost", "number", "What its part costs; unknown if empty.", minimum=0, unit="EUR"),
            Column("source", "text", "Where the proposal comes from; illustrative if nobody wrote it."),
        ),
    ),
)
