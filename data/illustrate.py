"""Write the illustrative tables of the Alpine study, ``services.csv`` and ``survey.csv``: ``python data/illustrate.py``.

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
NOTE = "Illustrative: drawn by data/illustrate.py, offered by nobody"

# What can be offered, by category of the taxonomy: title, what is done, whom it is for.
KINDS = {
    "funding": ("Call radar and proposal clinic", "Calls are sorted for members; drafts are read before they go out.", "SMEs"),
    "research": ("Open laboratory days", "Members bring a problem; research partners answer within a month.", "SMEs and research"),
    "matchmaking": ("Value-chain round tables", "Six members along one value chain meet every quarter.", "members"),
    "people": ("Shared training calendar", "Members open their courses to one another; gaps are bought together.", "members' staff"),
    "entrepreneurship": ("First customer for new firms", "Established members test the product of a young firm.", "start-ups"),
    "networking": ("Field briefing for policy makers", "Twice a year figures and requests of the field, on two pages.", "policy makers"),
    "internationalisation": ("Twin cluster missions", "Two clusters visit each other with five firms each.", "SMEs"),
}  # fmt: skip


@dataclass(frozen=True)
class Region:
    """What is planted in one region.

    ``level`` is its mean answer; ``areas`` and ``types`` add to it by area and stakeholder type; ``silent`` is the
    share of "no information"; ``offers`` maps a category to the maturity of the service offered.
    """

    region_id: str
    languages: str
    respondents: int
    level: float
    offers: dict[str, str]
    areas: dict[str, float] = field(default_factory=dict)
    types: dict[tuple[str, str], float] = field(default_factory=dict)
    silent: float = 0.06


REGIONS = (
    # the frontrunner: good all over, best in coordination
    Region("AT31", "de;en", 24, 3.8, {"matchmaking": "proven", "research": "proven", "networking": "running", "people": "proven"}),
    # one and the same gap: implementation
    Region("AT32", "de;en", 14, 3.2, {"people": "running", "matchmaking": "pilot"}),
    Region("CH022", "de;fr", 12, 3.2, {"entrepreneurship": "running", "networking": "pilot"}),
    Region("DE1", "de;en", 25, 3.5, {"funding": "proven", "research": "running", "internationalisation": "proven", "networking": "running"}),
    Region("DE2", "de;en", 24, 3.5, {"funding": "running", "entrepreneurship": "proven", "internationalisation": "running", "people": "running"}),
    Region("FRC2", "fr;en", 15, 3.0, {"research": "running", "internationalisation": "pilot"}),
    Region("ITC1", "it;fr;en", 16, 3.0, {"matchmaking": "running", "funding": "pilot"}),
    Region("ITC4", "it;en", 23, 3.4, {"research": "proven", "internationalisation": "running", "networking": "running"}),
    Region("ITH2", "it;de;en", 14, 3.2, {"entrepreneurship": "running", "people": "pilot"}),
    Region("ITH3", "it;en", 20, 3.3, {"networking": "proven", "matchmaking": "running"}),
    Region("SI0", "sl;en", 18, 3.0, {"networking": "running", "research": "pilot", "entrepreneurship": "running"}),
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
                "target": target, "languages": region.languages, "year": YEAR - int(stream.random() * 4), "source": NOTE,
            })  # fmt: skip
    return rows


def text(rows: list[dict[str, object]]) -> str:
    """Return rows as CSV text."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def tables() -> dict[Path, str]:
    """Return the text of both tables by path."""
    return {HERE / "alpine" / "services.csv": text(services())}


if __name__ == "__main__":
    for path, content in tables().items():
        path.write_text(content, encoding="utf-8", newline="\n")
