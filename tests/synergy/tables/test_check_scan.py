"""The byte scan against Python's own CSV reader, in one piece and cut at every place."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synergy.tables.check import scan as module
from synergy.tables.check.quotes import sort_quotes
from synergy.tables.check.scan import Scan, scan
from synergy.tables.check.tally import Tally
from synergy.tables.problems import Problems
from synergy.tables.schema import BY_NAME

CELLS = st.text(alphabet='ab",\n é', max_size=5)


def run(path: Path) -> tuple[Scan, Problems]:
    tally = Tally()
    return scan(path, BY_NAME["memberships"], tally), tally.problems()


def as_csv(rows: list[list[str]], line_end: str, quoting: int) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator=line_end, quoting=quoting).writerows([["cluster_id", "firm_id"], *rows])  # type: ignore[arg-type]
    return stream.getvalue().encode()


def expected_rows(data: bytes) -> list[int]:
    lines = data.decode().splitlines(keepends=True) if b"\r" in data else io.StringIO(data.decode(), newline="\n")
    reader = csv.reader(lines, strict=True)
    rows, at = [], 1
    for record in reader:
        if record:
            rows.append(at)
        at = reader.line_num + 1
    return rows[1:]


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(CELLS, CELLS).map(list), min_size=1, max_size=8),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.integers(1, 9),
)
def test_rows_are_those_of_pythons_reader_wherever_the_pieces_are_cut(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], line_end: str, quoting: int, piece: int
) -> None:
    data = as_csv(rows, line_end, quoting)
    path = tmp_path_factory.mktemp("scan") / "memberships.csv"
    path.write_bytes(data)
    whole, problems = run(path)
    assert not problems
    assert whole.header == ("cluster_id", "firm_id")
    assert whole.rows.tolist() == expected_rows(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "PIECE", max(piece, 4))
        cut, problems = run(path)
    assert not problems
    assert cut.rows.tolist() == whole.rows.tolist()
    assert cut.sha256 == whole.sha256


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet='ab",\n\ré', max_size=40).map(str.encode), st.integers(4, 20))
def test_problems_do_not_depend_on_where_the_pieces_are_cut(
    tmp_path_factory: pytest.TempPathFactory, tail: bytes, piece: int
) -> None:
    path = tmp_path_factory.mktemp("scan") / "memberships.csv"
    path.write_bytes(b"cluster_id,firm_id\n" + tail)
    whole, problems = run(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "PIECE", piece)
        cut, again = run(path)
    assert again == problems
    assert cut.rows.tolist() == whole.rows.tolist()


@given(st.lists(st.text(alphabet='a",\n', max_size=6), min_size=1, max_size=8))
def test_well_quoted_fields_have_no_stray_quotes(cells: list[str]) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL).writerow(cells)
    kept, stray = sort_quotes(stream.getvalue().encode())
    assert stray.size == 0
    assert kept.size % 2 == 0


def test_a_large_field_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "memberships.csv"
    with path.open("wb") as stream:
        stream.write(b'cluster_id,firm_id\nc1,"')
        # a hole in the file: eight gigabytes that take no room on the disk
        stream.truncate(8 << 30)
    _, problems = run(path)
    assert [(problem.code, problem.row) for problem in problems] == [("S112", 3 - 1)]


def test_lines_after_many_pieces_are_still_exact(tmp_path: Path) -> None:
    path = tmp_path / "memberships.csv"
    path.write_bytes(b"cluster_id,firm_id\n" + b'c1,"f\n1"\n' * 600_000 + b"c1\n")
    seen, problems = run(path)
    assert [(problem.code, problem.row) for problem in problems] == [("S109", 1_200_002)]
    assert seen.rows[-1] == 1_200_002
