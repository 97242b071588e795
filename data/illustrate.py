"""Write the illustrative ``services.csv`` and ``survey.csv`` of the Alpine study: ``python data/illustrate.py``.

Some of the answers are also written as LimeSurvey would export them (``examples/limesurvey.csv``): the form to import.

Nobody was asked and no cluster organisation offers what stands there: both tables are drawn by this script to show what
a survey and a table of services give. What is planted in them is stated below, region by region, so that a reader of a
report can tell whether it finds what is there. The same seed gives the same bytes (``random.random`` is stable).
"""

from __future__ import annotations

import csv
import io
import random
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
SEED = 2019
YEAR = 2021
SILENT = 0.05
"""Share of "no information" where nothing else is planted."""
NOTE = "Illustrative: drawn by data/illustrate.py, offered by nobody"

# What can be offered, by category of the taxonomy: title, what is done, whom it is for.
KINDS = {
    "funding": (
        "Call radar and proposal clinic",
        "Calls are sorted for members; drafts are read before they go out.",
        "SMEs",
    ),
    "research": (
        "Open laboratory days",
        "Members bring a problem; research partners answer within a month.",
        "SMEs and research",
    ),
    "matchmaking": (
        "Value-chain round tables",
        "Six members along one value chain meet every quarter.",
        "members",
    ),
    "people": (
        "Shared training calendar",
        "Members open their courses to one another; gaps are bought together.",
        "members' staff",
    ),
    "entrepreneurship": (
        "First customer for new firms",
        "Established members test the product of a young firm.",
        "start-ups",
    ),
    "networking": (
        "Field briefing for policy makers",
        "Twice a year figures and requests of the field, on two pages.",
        "policy makers",
    ),
    "internationalisation": (
        "Twin cluster missions",
        "Two clusters visit each other with five firms each.",
        "SMEs",
    ),
}

EXPORTED = {"AT31": "Oberösterreich", "ITH2": "Trento"}
TYPES = ("cluster", "policy", "research", "agency", "association")
WEAK, STRONG, SPLIT = -1.0, 0.6, 1.2


@dataclass(frozen=True)
class Region:
    """What is planted in one region.

    ``respondents`` are counted by TYPES; ``level`` is their mean answer; ``areas`` and ``directions`` add to it, and
    ``types`` by area and stakeholder type; ``silent`` is the share of "no information" by area; ``offers`` maps a
    category of service to its maturity.
    """

    region_id: str
    languages: str
    respondents: tuple[int, ...]
    level: float
    areas: dict[str, float]
    offers: dict[str, str]
    directions: dict[str, float] = field(default_factory=dict)
    types: dict[tuple[str, str], float] = field(default_factory=dict)
    silent: dict[str, float] = field(default_factory=dict)


# Planted: coordination is weak in seven regions; implementation in three, support in three others; AT31 is ahead in
# coordination, DE1 in support and portfolio, DE2 in implementation; in ITH3 and SI0 policy makers see more of a part of
# clusters in design than the clusters do; in DE2 clusters bring less to the strategy than it gives them; hardly anybody
# in CH022 knows the cluster portfolio.
REGIONS = (
    Region(
        "AT31", "de;en", (8, 6, 5, 5, 0), 3.8, {"coordination": STRONG},
        {"matchmaking": "proven", "research": "proven", "networking": "running", "people": "proven"},
    ),
    Region(
        "AT32", "de;en", (6, 5, 3, 2, 0), 3.4, {"coordination": WEAK, "implementation": WEAK},
        {"people": "running", "matchmaking": "pilot"},
    ),
    Region(
        "CH022", "de;fr", (5, 3, 2, 2, 0), 3.4, {"coordination": WEAK, "implementation": WEAK},
        {"entrepreneurship": "running", "networking": "pilot"}, silent={"portfolio": 0.9},
    ),
    Region(
        "DE1", "de;en", (8, 6, 5, 0, 5), 3.5, {"support": STRONG, "portfolio": STRONG},
        {"funding": "proven", "research": "running", "internationalisation": "proven", "networking": "running"},
    ),
    Region(
        "DE2", "de;en", (8, 6, 5, 5, 0), 3.6, {"implementation": STRONG},
        {"funding": "running", "entrepreneurship": "proven", "internationalisation": "running", "people": "running"},
        directions={"clusters-to-s3": -0.7},
    ),
    Region(
        "FRC2", "fr;en", (6, 5, 5, 0, 0), 3.4, {"coordination": WEAK, "support": WEAK},
        {"research": "running", "internationalisation": "pilot"},
    ),
    Region(
        "ITC1", "it;fr;en", (6, 5, 3, 2, 0), 3.4, {"coordination": WEAK, "support": WEAK},
        {"matchmaking": "running", "funding": "pilot"},
    ),
    Region(
        "ITC4", "it;en", (8, 5, 5, 0, 5), 3.6, {"portfolio": 0.3},
        {"research": "proven", "internationalisation": "running", "networking": "running"},
    ),
    Region(
        "ITH2", "it;de;en", (5, 5, 3, 2, 0), 3.4, {"coordination": WEAK, "implementation": WEAK},
        {"entrepreneurship": "running", "people": "pilot"},
    ),
    Region(
        "ITH3", "it;en", (8, 7, 5, 0, 0), 3.5, {"coordination": WEAK},
        {"networking": "proven", "matchmaking": "running"},
        types={("design", "policy"): SPLIT, ("design", "cluster"): -SPLIT},
    ),
    Region(
        "SI0", "sl;en", (7, 7, 5, 0, 0), 3.4, {"coordination": WEAK, "support": WEAK},
        {"networking": "running", "research": "pilot", "entrepreneurship": "running"},
        types={("design", "policy"): SPLIT, ("design", "cluster"): -SPLIT},
    ),
)  # fmt: skip


def services() -> list[dict[str, object]]:
    """Return the rows of services.csv."""
    stream = random.Random(f"{SEED} services")
    rows: list[dict[str, object]] = []
    for region in REGIONS:
        for category, maturity in region.offers.items():
            title, description, target = KINDS[category]
            users = 8 + int(stream.random() * 40)
            shown = {
                "pilot": "",
                "running": f"Illustrative: {users} members used it in {YEAR - 1}.",
                "proven": f"Illustrative: evaluated in {YEAR - 1}; {users} members used it, most came back.",
            }[maturity]
            rows.append({
                "service_id": f"S-{region.region_id}-{category}", "region_id": region.region_id, "title": title,
                "category": category, "description": description, "evidence": shown, "maturity": maturity,
                "target": target, "languages": region.languages, "year": YEAR - int(stream.random() * 4),
                "source": NOTE,
            })  # fmt: skip
    return rows


def answers() -> list[dict[str, object]]:
    """Return the rows of survey.csv: what is planted, a leaning of each respondent, chance, rounded to 1 to 5."""
    from synergy.survey import load_instrument

    instrument = load_instrument()
    stream = random.Random(f"{SEED} survey")
    rows: list[dict[str, object]] = []
    for region in REGIONS:
        kinds = [kind for kind, count in zip(TYPES, region.respondents, strict=True) for _ in range(count)]
        for number, kind in enumerate(kinds):
            leaning = 0.7 * _spread(stream)
            for item in instrument.items.values():
                planted = region.areas.get(item.area, 0.0) + region.directions.get(item.direction, 0.0)
                mean = region.level + planted + region.types.get((item.area, kind), 0.0)
                if item.importance_of is not None:
                    mean = 4.2
                value = min(5, max(1, round(mean + leaning + 0.8 * _spread(stream))))
                known = stream.random() >= region.silent.get(item.area, SILENT)
                rows.append({
                    "respondent_id": f"{region.region_id}-{number + 1:02d}", "region_id": region.region_id,
                    "stakeholder": kind, "item": item.code, "answer": value if known else 0,
                })  # fmt: skip
    return rows


def _spread(stream: random.Random) -> float:
    """Return a bell-shaped number of mean 0 and variance 1: twelve uniform ones less 6."""
    return sum(stream.random() for _ in range(12)) - 6.0


def text(rows: list[dict[str, object]]) -> str:
    """Return rows as CSV text."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def limesurvey() -> str:
    """Return the answers of two regions as LimeSurvey exports them: items and answers by code, the rest by label."""
    from synergy.survey import load_instrument

    types = load_instrument().stakeholders
    people: dict[object, list[object]] = {}
    for row in answers():
        if row["region_id"] in EXPORTED:
            who = people.setdefault(row["respondent_id"], [EXPORTED[row["region_id"]], types[row["stakeholder"]].of()])
            who.append(f"A{row['answer']}")
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(["Illustrative: drawn by data/illustrate.py; nobody was asked"])
    codes = load_instrument().items
    writer.writerow(["id", "startlanguage", "region", "stakeholder", *(f"Q1[{code}]" for code in codes)])
    writer.writerows([number, "en", *cells] for number, cells in enumerate(people.values(), start=1))
    return out.getvalue()


def tables() -> dict[Path, str]:
    """Return the text of both tables, and of the export, by path."""
    return {
        HERE / "alpine" / "services.csv": text(services()),
        HERE / "alpine" / "survey.csv": text(answers()),
        HERE.parent / "examples" / "limesurvey.csv": limesurvey(),
    }


if __name__ == "__main__":
    for path, content in tables().items():
        path.write_text(content, encoding="utf-8", newline="\n")
