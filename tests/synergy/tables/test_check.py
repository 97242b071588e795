from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synergy.tables.check import check
from synergy.tables.check.cells import cell_tests
from synergy.tables.check.database import open_database
from synergy.tables.check.hierarchy import circles
from synergy.tables.check.raw import RawTable
from synergy.tables.schema import BY_NAME, TABLES

WORDS = (
    "",
    "A",
    "B ",
    "a:b",
    "nace:28",
    "nace:99x",
    "ecosystem:x;nace:01",
    "1",
    "-3.5",
    "1,5",
    "2014",
    "1e999",
    "firm",
)
CELLS = st.sampled_from(WORDS) | st.text(st.characters(codec="utf-8"), max_size=4)


@st.composite
def studies(draw: st.DrawFn) -> dict[str, pd.DataFrame]:
    """Return tables of the schema with any texts in any of their columns."""
    names = draw(st.lists(st.sampled_from([table.name for table in TABLES]), unique=True, min_size=1))
    result = {}
    for name in names:
        rows = draw(st.integers(1, 3))
        columns = {column: draw(st.lists(CELLS, min_size=rows, max_size=rows)) for column in BY_NAME[name].column_names}
        result[name] = pd.DataFrame(columns, dtype=object)
    return result


@settings(max_examples=15, deadline=None)
@given(studies())
def test_any_cells_are_told_of_alike_in_files_and_frames(
    tmp_path_factory: pytest.TempPathFactory, frames: dict[str, pd.DataFrame]
) -> None:
    path = tmp_path_factory.mktemp("cells")
    one_line = {
        name: frame.map(lambda text: text.translate(dict.fromkeys(map(ord, "\n\r\0"), "_")))
        for name, frame in frames.items()
    }
    for name, frame in one_line.items():
        frame.to_csv(path / f"{name}.csv", index=False, lineterminator="\n")
    of_files = [
        (p.code, p.file.removesuffix(".csv"), p.row, p.column, p.found) for p in check(path) if p.code != "S101"
    ]
    of_frames = [(p.code, p.file, p.row, p.column, p.found) for p in check(one_line) if p.code != "S101"]
    assert of_files == of_frames
    check(frames)


def test_problems_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    (tmp_path / "regions.csv").write_text("regoin_id,name,cuontry,level\nA,a,AT,x\nB,b,AT,1\n")
    (tmp_path / "firms.csv").write_text("firm_id,region_id,name,kind,codes\nf,A,F,frm,nce:1;ncae:2;nace:40\n")
    (tmp_path / "study.toml").write_text("[weights]\na = 1\nb = 2\n[topic]\nruns = 1\n")
    program = f"from synergy.tables.check import check; print(check({str(tmp_path)!r}))"
    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(told) == 1
    assert "S402" in told.pop()


def test_the_database_can_neither_read_files_nor_load_extensions(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a\n1\n")
    database = open_database({})
    try:
        for statement in (
            f"SELECT * FROM read_csv('{tmp_path / 'x.csv'}')",
            f"COPY (SELECT 1) TO '{tmp_path / 'y'}'",
            "INSTALL httpfs",
        ):
            with pytest.raises(duckdb.Error):
                database.execute(statement)
        told = dict(
            database.execute("SELECT name, value FROM duckdb_settings() WHERE name LIKE 'auto%extensions'").fetchall()
        )
    finally:
        database.close()
    assert told == {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}


@pytest.mark.parametrize("table", TABLES, ids=[table.name for table in TABLES])
def test_every_required_limited_or_listed_column_is_tested(table: object) -> None:
    assert table in TABLES
    found = {(test.code, test.column) for test in cell_tests(table, frozenset(table.column_names))}  # type: ignore[attr-defined, arg-type]
    for column in table.columns:  # type: ignore[attr-defined]
        assert (("S201", column.name) in found) == column.required
        assert (("S208", column.name) in found) == bool(column.choices)
        assert (("S207", column.name) in found) == (column.minimum is not None)


def test_circles_are_found_once_each() -> None:
    parents = {"a": "b", "b": "c", "c": "a", "d": "a", "e": "f", "f": "e", "g": None, "h": "nowhere"}
    assert [set(circle) for circle in circles(parents)] == [{"a", "b", "c"}, {"e", "f"}]


def test_a_long_chain_of_parents_is_no_circle() -> None:
    assert list(circles({str(n): str(n + 1) for n in range(50_000)})) == []


def test_raw_tables_are_seen_by_their_names() -> None:
    import pyarrow as pa

    table = BY_NAME["memberships"]
    data = pa.table({"row": [2], "cluster_id": ["c"], "firm_id": ["f"]})
    database = open_database({"memberships": RawTable(table, "memberships.csv", data, frozenset(table.column_names))})
    try:
        assert database.execute("SELECT row, cluster_id FROM memberships").fetchall() == [(2, "c")]
    finally:
        database.close()


def test_the_database_draws_no_progress_bar_into_our_output() -> None:
    from synergy.tables.check.database import fetch, open_database

    assert fetch(open_database({}), "SELECT current_setting('enable_progress_bar')") == [(False,)]
