"""keep.eu: closed Interreg projects and their partners, from the site's spreadsheet export."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pandas as pd

from synergy.tables.sources.nuts import code_of, nuts2_of

PROJECTS = "Projects (lead partners)"
PARTNERS = "Partners"
THEMES = ["Thematic1", "Thematic2", "Thematic3"]
_PROJECT = ["Programme", "Acronym"]


def read_keep(path: Path, nuts2: Collection[str]) -> pd.DataFrame:
    """Read the partners in the given NUTS 2 regions (current codes), one row per partner.

    Columns: programme, acronym, organisation, region, role (lead or partner), year and start (of the project, year
    and day), themes (tuple of names), partners (of the whole project, those elsewhere included). A project is its
    programme and acronym; one with two lead rows is one project. Partners whose place the export does not give are not
    returned: see `unplaced_partners`.
    """
    sheets = pd.read_excel(path, sheet_name=[PROJECTS, PARTNERS], dtype=str)
    return tidy_keep(sheets[PROJECTS], sheets[PARTNERS], nuts2)


def tidy_keep(projects: pd.DataFrame, partners: pd.DataFrame, nuts2: Collection[str]) -> pd.DataFrame:
    """Return what `read_keep` returns, from the two sheets as they are."""
    known = frozenset(nuts2)
    size = partners.groupby(_PROJECT)["Project Partner"].size().rename("partners")
    facts = _project_facts(projects).join(size, how="left")
    rows = partners.assign(region=_regions(partners, known))
    rows = rows[rows["region"] != ""].merge(facts, left_on=_PROJECT, right_index=True, how="left", validate="m:1")
    tidy = pd.DataFrame(
        {
            "programme": rows["Programme"],
            "acronym": rows["Acronym"],
            "organisation": rows["Project Partner"].str.split().str.join(" "),
            "region": rows["region"],
            "role": rows["Lead Partner"].map({"Yes": "lead", "No": "partner"}),
            "year": rows["year"],
            "start": rows["start"],
            "themes": rows["themes"],
            "partners": rows["partners"],
        }
    )
    order = ["programme", "acronym", "region", "organisation", "role"]
    return tidy.sort_values(order, ignore_index=True)


def unplaced_partners(partners: pd.DataFrame) -> int:
    """Return how many partner rows give no NUTS code at all."""
    return int((partners["NUTS2 (or equivalent)"].map(code_of) == "").sum())


def _regions(partners: pd.DataFrame, known: Collection[str]) -> list[str]:
    second, third = (partners[f"NUTS{level} (or equivalent)"].map(code_of) for level in (2, 3))
    return [nuts2_of(two, three, known) for two, three in zip(second, third, strict=True)]


def _project_facts(projects: pd.DataFrame) -> pd.DataFrame:
    """Return year, start and themes per project; the themes of two lead rows are united, the earliest start counts."""
    starts = projects.assign(start=projects["Project start"].str.replace("/", "-")).groupby(_PROJECT)["start"].min()
    named = projects.melt(id_vars=_PROJECT, value_vars=THEMES, value_name="theme").dropna(subset=["theme"])
    themes = {key: tuple(sorted(set(names.str.strip()))) for key, names in named.groupby(_PROJECT)["theme"]}
    facts = starts.to_frame().assign(year=starts.str[:4].astype("Int64"))
    facts["themes"] = pd.Series([themes.get(key, ()) for key in facts.index], index=facts.index, dtype=object)
    return facts
