"""Compile the embedded studies: ``python data/compile_studies.py SOURCES [OUT]``.

SOURCES is the folder with the public exports (keep, h2020, eccp, eurostat, codes). The curated tables in
``data/compile`` hold what was decided by hand. The same input gives the same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from synergy.tables.codelists import nace_codes
from synergy.tables.schema import BY_NAME
from synergy.tables.sources.eccp import read_clusters, read_region_ecosystems
from synergy.tables.sources.eurostat import read_sbs
from synergy.tables.sources.h2020 import read_h2020
from synergy.tables.sources.keep import read_keep
from synergy.tables.sources.nuts import read_nuts

DATA = Path(__file__).parent
CURATED = DATA / "compile"
EXPORTS = {
    "keep": "keep/keep_closed_projects_2014_2016.xlsx",
    "h2020": "h2020/h2020_dashboard_export_2021.csv",
    "clusters": "eccp/eccp_clusters_alpine.psv",
    "ecosystems": "eccp/regions_ecosystems_ris.csv",
    "sbs": "eurostat/sbs_r_nuts06_r2_2014_V16110.csv",
    "nuts": "codes/nuts_2024_table.csv",
    "alpine": "codes/alpine_space_area.csv",
}
BALTIC = (
    "DE80 DEF0 DK01 DK02 DK03 DK04 DK05 EE00 FI19 FI1B FI1C FI1D FI20 LT01 LT02 LV00 "
    "PL42 PL61 PL62 PL63 PL84 SE11 SE12 SE21 SE22 SE23 SE31 SE32 SE33"
).split()
ECOSYSTEM_SOURCE = "Ecosystems prioritised in regional strategies, reports of the European Commission (second hand)"
# A country that is one NUTS 2 region: its national strategy is the region's.
SINGLE_REGION = {"EE": "EE00", "LV": "LV00"}
Row = dict[str, object]


@dataclass(frozen=True)
class Area:
    """One study: its NUTS 2 regions, NUTS 3 regions that are needed beside them, and whether clusters are listed."""

    name: str
    nuts2: tuple[str, ...]
    nuts3_of: tuple[str, ...] = ()
    nuts3: tuple[str, ...] = ()
    clusters: bool = False


def compile_study(area: Area, sources: Path) -> dict[str, list[Row]]:
    """Return the tables of a study, rows sorted, ready to be written."""
    regions = region_rows(area, read_nuts(sources / EXPORTS["nuts"]))
    known = [str(row["region_id"]) for row in regions]
    ecosystems = curated("ecosystems")
    keep = read_keep(sources / EXPORTS["keep"], area.nuts2)
    h2020 = read_h2020(sources / EXPORTS["h2020"], area.nuts2)
    tables = {
        "regions": regions,
        "priorities": priority_rows(known, read_region_ecosystems(sources / EXPORTS["ecosystems"], all_regions(known)),
                                    ecosystems),
        "firms": firm_rows(h2020),
        "participations": keep_rows(keep) + h2020_rows(h2020),
        "activity": activity_rows(read_sbs(sources / EXPORTS["sbs"], area.nuts2)),
    }  # fmt: skip
    if area.clusters:
        tables["clusters"] = cluster_rows(read_clusters(sources / EXPORTS["clusters"]), known)
    tables["codes"] = code_rows(tables, ecosystems)
    return {name: sorted(rows, key=lambda row: _key(name, row)) for name, rows in tables.items()}


def all_regions(known: Iterable[str]) -> list[str]:
    """Return the codes under which the strategies of the known regions may stand in the export."""
    return sorted({*known, *SINGLE_REGION})


def region_rows(area: Area, nuts: pd.DataFrame) -> list[Row]:
    """Return the study's regions and their parents; a parent is the code without its last sign."""
    chosen = set(area.nuts2) | set(area.nuts3)
    chosen |= {code for code in nuts["nuts"] if len(code) == 5 and code.startswith(area.nuts3_of or ("-",))
               and code[:4] in area.nuts2}  # fmt: skip
    chosen |= {code[:length] for code in chosen for length in (2, 3, 4)}
    rows: list[Row] = []
    for row in nuts.loc[nuts["nuts"].isin(sorted(chosen))].to_dict("records"):
        code = str(row["nuts"])
        rows.append({"region_id": code, "name": row["name"], "country": row["country"],
                     "parent_id": code[:-1] if len(code) > 2 else "", "level": row["level"],
                     "lat": f"{row['lat']:.4f}", "lon": f"{row['lon']:.4f}"})  # fmt: skip
    return rows


def priority_rows(known: Sequence[str], declared: pd.DataFrame, ecosystems: Sequence[Mapping[str, str]]) -> list[Row]:
    """Return one row per region and prioritised ecosystem, and the named fields of the strategies read by hand."""
    by_name = {item["source_name"]: item for item in ecosystems}
    rows: list[Row] = []
    for region, name in zip(declared["region"], declared["ecosystem"], strict=True):
        home = SINGLE_REGION.get(region, region)
        if home not in known:
            continue
        item = by_name.get(name)
        slug = item["ecosystem"] if item else slugify(name)
        codes = [f"ecosystem:{slug}", *(f"nace:{code}" for code in item["nace"].split())] if item else []
        rows.append({"priority_id": f"{home}-eco-{slug}", "region_id": home, "title": item["name"] if item else name,
                     "codes": ";".join(codes), "source": ECOSYSTEM_SOURCE})  # fmt: skip
    for item in curated("strategies"):
        if item["region_id"] in known:
            rows.append({"priority_id": f"{item['region_id']}-s3-{item['slug']}", "region_id": item["region_id"],
                         "title": item["title"], "codes": item["codes"], "source": item["source"],
                         "year": item["year"]})  # fmt: skip
    return rows


def cluster_rows(listed: pd.DataFrame, known: Sequence[str]) -> list[Row]:
    """Return the listed cluster organisations as curated; every listed name must have been decided on."""
    decided = {row["source_name"]: row for row in curated("clusters")}
    undecided = sorted(set(listed["name"]) ^ set(decided))
    if undecided:
        raise SystemExit(f"data/compile/clusters.csv and the export differ: {undecided}")
    return [
        {"cluster_id": row["cluster_id"], "region_id": row["region_id"], "name": row["source_name"],
         "codes": row["codes"], "codes_basis": row["codes_basis"]}
        for row in decided.values() if row["region_id"] in known and not row["same_as"]
    ]  # fmt: skip


def firm_rows(h2020: pd.DataFrame) -> list[Row]:
    """Return one row per organisation (PIC), with the themes of all its projects."""
    rows: list[Row] = []
    for pic, group in h2020.groupby("pic", sort=True):
        first = group.iloc[0]
        rows.append({"firm_id": f"pic-{pic}", "region_id": first["region"], "name": first["organisation"],
                     "kind": first["kind"], "codes": ";".join(sorted(set(_h2020_codes(group)), key=_code_key)),
                     "size": "sme" if group["sme"].any() else ""})  # fmt: skip
    return rows


def h2020_rows(h2020: pd.DataFrame) -> list[Row]:
    """Return the Horizon 2020 participations, by firm_id."""
    return [
        {"project_id": f"h2020-{row['project']}", "firm_id": f"pic-{row['pic']}", "organisation": row["organisation"],
         "programme": "Horizon 2020", "year": row["year"], "start": row["start"],
         "theme": ";".join(codes), "role": row["role"],
         "partners": row["partners"]}
        for row, codes in zip(h2020.to_dict("records"), _codes_per_row(h2020), strict=True)
    ]  # fmt: skip


def keep_rows(keep: pd.DataFrame) -> list[Row]:
    """Return the Interreg participations, by region and name; a partner listed twice in a project stands once."""
    ids = project_ids(zip(keep["programme"], keep["acronym"], strict=True))
    rows: dict[tuple[str, str, str], Row] = {}
    for row in keep.to_dict("records"):
        project = ids[row["programme"], row["acronym"]]
        key = (project, row["region"], row["organisation"])
        if key in rows:
            rows[key]["role"] = "lead" if "lead" in (rows[key]["role"], row["role"]) else "partner"
            continue
        themes = ";".join(f"keep:{slugify(theme)}" for theme in row["themes"])
        rows[key] = {"project_id": project, "region_id": row["region"], "organisation": row["organisation"],
                     "programme": programme_name(row["programme"]), "year": row["year"], "start": row["start"],
                     "theme": themes, "role": row["role"], "partners": row["partners"]}  # fmt: skip
    return list(rows.values())


def activity_rows(sbs: pd.DataFrame) -> list[Row]:
    """Return persons employed per region and division; a suppressed cell stays empty."""
    return [
        {"region_id": region, "code": f"nace:{division}", "value": "" if pd.isna(persons) else f"{persons:.0f}",
         "unit": "persons employed", "year": 2014}
        for region, division, persons in zip(sbs["region"], sbs["division"], sbs["persons"], strict=True)
    ]  # fmt: skip


def code_rows(tables: Mapping[str, Sequence[Row]], ecosystems: Sequence[Mapping[str, str]]) -> list[Row]:
    """Return the name and broader fields of every code in use, all ecosystems and all NACE divisions."""
    used = {code for name, column in (("priorities", "codes"), ("clusters", "codes"), ("firms", "codes"),
                                      ("participations", "theme"))
            for row in tables.get(name, ()) for code in str(row[column]).split(";") if code}  # fmt: skip
    broader: dict[str, list[str]] = {}
    for item in ecosystems:
        for division in item["nace"].split():
            broader.setdefault(division, []).append(f"ecosystem:{item['ecosystem']}")
    rows: list[Row] = [
        {"code": f"ecosystem:{item['ecosystem']}", "name": item["name"], "broader": "",
         "source": "European Commission, 14 industrial ecosystems"}
        for item in ecosystems
    ]  # fmt: skip
    rows += [dict(row) for row in curated("codes") if row["code"] in used]
    rows += [
        {"code": f"nace:{code}", "name": name, "broader": ";".join(sorted(broader.get(code, ()))),
         "source": "NACE Rev. 2; short name and assignment our own" if code in broader
         else "NACE Rev. 2; short name our own"}
        for code, name in nace_codes().items() if len(code) == 2
    ]  # fmt: skip
    missing = sorted(used - {str(row["code"]) for row in rows})
    if missing:
        raise SystemExit(f"data/compile/codes.csv does not name {missing}")
    return rows


def project_ids(projects: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Return a short id per project; two that would share one get a digest of their full names."""
    found: dict[tuple[str, str], str] = {}
    for programme, acronym in sorted(set(projects)):
        short = re.sub(r"\(.*?\)", "", programme_name(programme))
        found[programme, acronym] = f"keep-{_cut(slugify(short), 24)}-{_cut(slugify(acronym), 32)}".rstrip("-")
    shared = [project for project, name in found.items() if list(found.values()).count(name) > 1]
    for project in shared:
        found[project] += "-" + hashlib.sha256("\n".join(project).encode()).hexdigest()[:6]
    return found


def programme_name(programme: str) -> str:
    """Return the programme without its period and strand: '2014 - 2020 INTERREG VB Alpine Space' -> 'Alpine Space'."""
    return re.sub(r"^2014 - 2020 (?:INTERREG (?:V-?[A-C]+|IPA CBC|ENI CBC) )?", "", programme)


def slugify(text: str) -> str:
    """Return the text as lower-case ASCII words with hyphens between."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ł", "l").replace("ø", "o"))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower()).strip("-")


def curated(name: str) -> list[dict[str, str]]:
    """Return a hand-made table of ``data/compile``."""
    with (CURATED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_table(path: Path, name: str, rows: Sequence[Row]) -> None:
    """Write a table with the schema's columns, leaving out those that are empty throughout."""
    columns = [c for c in BY_NAME[name].column_names if any(str(row.get(c, "")) != "" for row in rows)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([row.get(column, "") for column in columns] for row in rows)


def _cut(slug: str, length: int) -> str:
    return slug[:length].strip("-")


def _key(name: str, row: Row) -> tuple[object, ...]:
    values = [str(row.get(column, "")) for column in BY_NAME[name].key]
    return tuple(_code_key(value) for value in values) if name == "codes" else tuple(values)


def _code_key(code: str) -> tuple[str, int, str]:
    scheme, _, rest = code.partition(":")
    return (scheme, int(rest) if scheme == "greendeal" else 0, rest)


def _codes_per_row(h2020: pd.DataFrame) -> list[list[str]]:
    return [
        [f"h2020:{priority}", *([] if pd.isna(area) else [f"greendeal:{area}"])]
        for priority, area in zip(h2020["priority"], h2020["green_deal"], strict=True)
    ]


def _h2020_codes(h2020: pd.DataFrame) -> list[str]:
    return [code for codes in _codes_per_row(h2020) for code in codes]


def areas(sources: Path) -> tuple[Area, ...]:
    """Return the studies: the Alpine Space programme area, and the regions by the Baltic Sea."""
    listed = pd.read_csv(sources / EXPORTS["alpine"], dtype=str, keep_default_na=False)
    alpine = tuple(sorted(listed.loc[listed["alpine_space_2021_2027"] == "1", "nuts2_2021"]))
    return (
        Area("alpine", alpine, nuts3=("CH022",), clusters=True),
        Area("baltic", tuple(BALTIC), nuts3_of=("FI", "SE")),
    )


def main(arguments: Sequence[str]) -> None:
    """Write the tables of all studies below OUT (this folder unless told otherwise)."""
    if len(arguments) not in (1, 2):
        raise SystemExit("usage: python data/compile_studies.py SOURCES [OUT]")
    sources, out = Path(arguments[0]), Path(arguments[1]) if len(arguments) == 2 else DATA
    for area in areas(sources):
        folder = out / area.name
        folder.mkdir(parents=True, exist_ok=True)
        for name, rows in compile_study(area, sources).items():
            write_table(folder / f"{name}.csv", name, rows)
            print(f"{area.name}/{name}.csv: {len(rows)} rows")


if __name__ == "__main__":
    main(sys.argv[1:])
