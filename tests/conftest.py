"""A small study that gives topics, the command in a process of its own, and one run of the embedded study for all."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[1]
ALPINE = ROOT / "data" / "alpine"
COMMAND = [sys.executable, "-c", "from synergy.commands import main; main()"]

Tables = dict[str, list[dict[str, object]]]
Synergy = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def synergy_command() -> list[str]:
    """The command as an installed script runs it, whatever is on PATH."""
    return list(COMMAND)


@pytest.fixture(scope="session")
def synergy(synergy_command) -> Synergy:
    """Run the command in a process of its own: ``synergy("check", folder, env={...})``."""

    def run(*arguments: object, env: dict[str, str] | None = None, cwd: Path | None = None):
        return subprocess.run(
            [*synergy_command, *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, **(env or {})},
            cwd=cwd,
            timeout=300,
        )

    return run


@pytest.fixture(scope="session")
def shared(tmp_path_factory) -> Path:
    """A folder of this test session, the same for all of its workers."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def alpine_run(synergy, shared) -> Path:
    """The outputs of the embedded study, made once for all workers; only to be read."""
    out = shared / "alpine" / "out"
    with (shared / "alpine.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not out.exists():
            done = synergy("run", ALPINE, "--out", out, env={"PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1"})
            assert done.returncode == 0, done.stderr
    return out


@pytest.fixture
def toy_tables() -> Tables:
    """Six regions of three countries; all hold health, three of them energy, one has no strategy."""
    return toy()


@pytest.fixture
def toy_study(tmp_path, toy_tables) -> Path:
    return write_study(tmp_path / "toy", toy_tables)


@pytest.fixture
def asked_study(tmp_path, toy_tables) -> Path:
    """The small study with a survey of three of its regions and the services of two."""
    return write_study(tmp_path / "asked", {**toy_tables, **asked()})


@pytest.fixture(scope="session")
def asked_tables() -> Callable[[], Tables]:
    return asked


@pytest.fixture(scope="session")
def toy_source() -> Callable[[], Tables]:
    return toy


@pytest.fixture(scope="session")
def study_writer() -> Callable[[Path, Tables], Path]:
    return write_study


def toy() -> Tables:
    regions = ["AT11", "AT12", "DE11", "DE12", "ITC1", "ITC2"]
    names = ["Burgenland", "Niederösterreich", "Stuttgart", "Karlsruhe", "Piemonte", "Aosta"]
    health, energy = "ecosystem:health", "ecosystem:energy"
    tables: Tables = {
        "regions": [
            {"region_id": r, "name": n, "country": r[:2], "parent_id": "", "level": 2, "lat": 46 + i / 2, "lon": 8 + i}
            for i, (r, n) in enumerate(zip(regions, names, strict=True))
        ],
        "codes": [
            {"code": health, "name": "Health", "broader": ""},
            {"code": energy, "name": "Energy", "broader": ""},
            {"code": "nace:21", "name": "Pharma", "broader": health},
            {"code": "nace:35", "name": "Power", "broader": energy},
        ],
        "priorities": [
            {"priority_id": f"h-{r}", "region_id": r, "title": "Healthy people", "codes": f"{health};nace:21"}
            for r in regions[:5]
        ]
        + [
            {"priority_id": f"e-{r}", "region_id": r, "title": "Clean power", "codes": f"{energy};nace:35"}
            for r in ("AT11", "DE11", "ITC1")
        ],
        "clusters": [
            {"cluster_id": f"c-{r}-{code[10:]}", "region_id": r, "name": f"Cluster {code[10:]} {r}", "codes": code}
            for r in regions
            for code in (health, energy)
            if code == health or r in ("AT11", "DE11", "ITC1")
        ],
        "firms": [
            {"firm_id": f"f-{r}", "region_id": r, "name": f"Lab {r}", "kind": "research", "codes": health}
            for r in regions
        ],
        "participations": [
            {"project_id": p, "firm_id": f"f-{r}", "programme": "Alps", "year": year, "theme": health}
            for p, pair, year in (("p1", ("AT11", "DE11"), 2015), ("p2", ("DE12", "ITC2"), 2016))
            for r in pair
        ],
        "activity": [
            {"region_id": r, "code": code, "value": 10 + 7 * ((i * 3 + k) % 5), "unit": "persons", "year": 2014}
            for i, r in enumerate(regions)
            for k, code in enumerate(("nace:21", "nace:35", "nace:10"))
            if (i, k) != (5, 1)
        ],
    }
    tables["codes"].append({"code": "nace:10", "name": "Food", "broader": ""})
    return tables


def asked() -> Tables:
    """The tables of what was asked and what is offered, beside those of the small study."""
    return {"survey": toy_survey(), "services": toy_services()}


def toy_survey() -> list[dict[str, object]]:
    """Twelve people each: AT11 answers 5 and 4, DE11 2 and 1, ITC1 3 but knows nothing of the portfolio."""
    from synergy.survey import load_instrument

    items = load_instrument().items.values()
    answers = {"AT11": (5, 4), "DE11": (2, 1), "ITC1": (3, 3)}
    return [
        {
            "respondent_id": f"{region}-{who}", "region_id": region, "stakeholder": "cluster",
            "item": item.code, "answer": 0 if (region, item.area) == ("ITC1", "portfolio") else pair[who % 2],
        }
        for region, pair in answers.items()
        for who in range(12)
        for item in items
    ]  # fmt: skip


def toy_services() -> list[dict[str, object]]:
    """AT11 shows what helps with funds and meetings, ITC1 a pilot and one that nothing speaks for."""
    columns = ("service_id", "cluster_id", "region_id", "title", "category", "evidence", "maturity", "languages")
    rows = [
        ("s1", "c-AT11-health", "", "Call radar", "funding", "9 of 10 came back", "proven", "de;en"),
        ("s2", "", "AT11", "Round tables", "matchmaking", "30 members", "running", "de"),
        ("s3", "", "ITC1", "Lab days", "research", "", "pilot", "it"),
        ("s4", "", "ITC1", "Missions", "internationalisation", "", "running", "it;en"),
    ]
    return [dict(zip(columns, row, strict=True)) for row in rows]


def write_study(folder: Path, tables: Tables) -> Path:
    folder.mkdir(parents=True)
    (folder / "study.toml").write_text(
        'name = "toy"\ntitle = "Toyland"\nseed = 7\nlevel = 2\n[topics]\nruns = 4\n', encoding="utf-8"
    )
    for table, rows in tables.items():
        pd.DataFrame(rows).to_csv(folder / f"{table}.csv", index=False, lineterminator="\n")
    return folder
