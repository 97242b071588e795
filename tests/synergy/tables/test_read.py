from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synergy.errors import DataError, UsageError
from synergy.tables.check import check
from synergy.tables.read import load
from synergy.tables.schema import TABLES
from synergy.tables.study import Settings, Weights

REGIONS = "region_id,name,country,level,lat,lon\nAT31,Upper Austria,AT,2,48.2,13.9\nAT32,Salzburg,AT,2,,\n"
PRIORITIES = "priority_id,region_id,title,codes,year\np1,AT31,Health,nace:21,2014\n01,AT32,Tourism,,\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "study"
    path.mkdir()
    (path / "regions.csv").write_bytes(REGIONS.encode())
    (path / "priorities.csv").write_bytes(PRIORITIES.encode())
    return path


def test_every_table_and_column_of_the_schema_is_there_and_typed(folder: Path) -> None:
    study = load(folder)
    assert list(study.tables) == [table.name for table in TABLES]
    for table in TABLES:
        frame = study[table.name]
        assert list(frame.columns) == list(table.column_names)
        assert frame.index.name == "row"
        assert frame.index.dtype == np.int64
        for column in table.columns:
            kind = frame[column.name].dtype
            if column.type == "number":
                assert kind == np.float64
            elif column.type in ("integer", "year"):
                assert kind == pd.Int64Dtype()
            else:
                assert pd.api.types.is_string_dtype(kind)


def test_empty_cells_are_missing_and_ids_stay_text(folder: Path) -> None:
    study = load(folder)
    assert study["regions"]["lat"].isna().tolist() == [False, True]
    assert study["priorities"]["codes"].isna().tolist() == [False, True]
    assert study["priorities"]["year"].isna().tolist() == [False, True]
    assert study["priorities"]["priority_id"].tolist() == ["p1", "01"]
    assert study["regions"]["parent_id"].isna().all()


def test_rows_are_lines_of_the_file_with_quoted_newlines_blank_lines_crlf_and_a_mark(folder: Path) -> None:
    text = '\n\n"region_id",name,country,level\n\nA,"two\n""lines""",AT,2\n\nB,b,AT,2'
    for content in (text, text.replace("\n", "\r\n"), "\ufeff" + text):
        (folder / "regions.csv").write_bytes(content.encode())
        (folder / "priorities.csv").write_text("priority_id,region_id,title\np,A,x\n")
        frame = load(folder)["regions"]
        assert frame.index.tolist() == [5, 8]
        assert frame["name"].tolist() == ['two\r\n"lines"' if "\r" in content else 'two\n"lines"', "b"]


def test_csv_and_frames_give_the_same_study(folder: Path) -> None:
    study = load(folder)
    again = load({name: pd.read_csv(folder / f"{name}.csv", dtype=str) for name in ("regions", "priorities")})
    typed = load(
        {name: pd.read_csv(folder / f"{name}.csv", dtype={"priority_id": str}) for name in ("regions", "priorities")}
    )
    own = load(study)
    for table in study.tables:
        pd.testing.assert_frame_equal(study[table], again[table])
        pd.testing.assert_frame_equal(study[table], typed[table])
        pd.testing.assert_frame_equal(study[table], own[table])


def test_inputs_are_not_modified(folder: Path) -> None:
    frames = {"regions": pd.read_csv(folder / "regions.csv"), "priorities": pd.read_csv(folder / "priorities.csv")}
    before = {name: frame.copy(deep=True) for name, frame in frames.items()}
    loaded = load(frames)["regions"]
    loaded.loc[2, "name"] = "changed"
    for name, frame in frames.items():
        pd.testing.assert_frame_equal(frame, before[name])


def test_hashes_follow_the_content(folder: Path) -> None:
    import hashlib

    (folder / "study.toml").write_text('name = "x"\n')
    first = load(folder)
    assert first.hashes["regions.csv"] == hashlib.sha256(REGIONS.encode()).hexdigest()
    assert set(first.hashes) == {"regions.csv", "priorities.csv", "study.toml"}
    frames = {"regions": pd.read_csv(folder / "regions.csv"), "priorities": pd.read_csv(folder / "priorities.csv")}
    other = {**frames, "regions": frames["regions"].assign(name=["Upper Austria", "Tyrol"])}
    assert load(frames).hashes == load(dict(frames)).hashes
    assert load(frames).hashes["regions"] != load(other).hashes["regions"]
    assert load(frames).hashes["priorities"] == load(other).hashes["priorities"]


def test_columns_of_the_users_own_are_left_alone(folder: Path) -> None:
    (folder / "regions.csv").write_text('region_id,x_note,name,country,level\nAT31,"a\nb",U,AT,2\nAT32, c ,S,AT,2\n')
    assert load(folder)["regions"].index.tolist() == [2, 4]


def test_settings_given_in_python_take_the_place_of_the_file(folder: Path) -> None:
    (folder / "study.toml").write_text("sead = 1\n")
    assert load(folder, Settings(seed=9)).settings.seed == 9
    with pytest.raises(DataError, match=r"S404 settings:weights\.similarity"):
        load(folder, Settings(weights=Weights(similarity=-1)))
    with pytest.raises(DataError, match="S404 settings:weights: found weights that are all 0"):
        load(folder, Settings(weights=Weights(0, 0, 0, 0)))
    with pytest.raises(DataError, match="S405 settings:level"):
        load(folder, Settings(level=3))


def test_no_such_folder_is_wrong_usage(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"there is no study .*Did you mean .*study"):
        load(folder.parent / "studi")
    with pytest.raises(UsageError, match="is a file"):
        load(folder / "regions.csv")
    with pytest.raises(UsageError, match=r"there is no study|cannot be read"):
        load("a\0b")
    with pytest.raises(UsageError, match="not int"):
        load(3)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="no data frame but list"):
        load({"regions": [1]})  # type: ignore[dict-item]


def frames(**columns: object) -> dict[str, pd.DataFrame]:
    regions = {"region_id": ["A", "B"], "name": ["a", "b"], "country": ["AT", "AT"], "level": [2, 2], **columns}
    return {
        "regions": pd.DataFrame(regions),
        "priorities": pd.DataFrame({"priority_id": ["p"], "region_id": ["A"], "title": ["x"]}),
    }


@pytest.mark.parametrize(
    ("columns", "place"),
    [
        ({"lat": [np.inf, 1.0], "lon": [1.0, 1.0]}, ("S204", "regions", 2, "lat")),
        ({"level": [2, 1.5]}, ("S205", "regions", 3, "level")),
        ({"region_id": ["A", 7.0], "x_more": [1, 2]}, None),
        ({"name": pd.Series(["a", "\ud800"], dtype=object)}, ("S106", "regions", 3, "name")),
        ({"name": ["a", "b" * (2 << 20)]}, ("S112", "regions", 3, "name")),
        ({"name": ["a", "b\0"]}, ("S203", "regions", 3, "name")),
        ({7: [1, 2]}, ("S115", "regions", None, "7")),
    ],
)
def test_frames_are_checked_like_files(columns: dict[str, object], place: tuple[object, ...] | None) -> None:
    problems = check(frames() | {"regions": pd.DataFrame({**frames()["regions"].to_dict("list"), **columns})})
    assert [(p.code, p.file, p.row, p.column) for p in problems] == ([place] if place else [])


def test_frames_missing_empty_or_unknown() -> None:
    assert [str(p)[:4] for p in check({})] == ["S101", "S101"]
    found = check({**frames(), "firms": pd.DataFrame(columns=["firm_id"]), "clustres": pd.DataFrame()})
    assert [(p.code, p.file) for p in found if p.code != "S114"] == [("S102", "clustres"), ("S105", "firms")]


def test_a_frame_without_a_column_of_ours() -> None:
    found = check({**frames(), "memberships": pd.DataFrame({"x_a": [1]})})
    assert [(p.code, p.file, p.row, p.column) for p in found] == [
        ("S114", "memberships", None, "cluster_id"),
        ("S114", "memberships", None, "firm_id"),
    ]


def test_a_frame_with_a_column_twice() -> None:
    twice = frames()["regions"]
    twice.columns = pd.Index(["region_id", "name", "country", "country"])
    assert {p.code for p in check({**frames(), "regions": twice})} == {"S114", "S116"}


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300) | st.text(alphabet='ab,"\r\n;\0é\ufeff', max_size=80).map(str.encode))
def test_any_bytes_are_reported_or_accepted(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("any")
    (path / "regions.csv").write_bytes(REGIONS.encode())
    (path / "priorities.csv").write_bytes(content)
    assert check(path)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="a1 =[].\n\"'#{},\0é", max_size=60).map(str.encode) | st.binary(max_size=60))
def test_any_settings_are_reported_or_accepted(content: bytes) -> None:
    from synergy.tables.settings import parse_settings

    _, problems = parse_settings(content)
    assert all(problem.file == "study.toml" for problem in problems)


NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.sampled_from('",\n;'), min_size=1, max_size=12
)


@settings(max_examples=40, deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_a_sound_study_round_trips(tmp_path_factory: pytest.TempPathFactory, names: list[str], line_end: str) -> None:
    regions = pd.DataFrame(
        {"region_id": [f"r{i}" for i in range(len(names))], "name": names, "country": "AT", "level": 2}
    )
    priorities = pd.DataFrame({"priority_id": ["p"], "region_id": ["r0"], "title": ["x"]})
    path = tmp_path_factory.mktemp("round")
    regions.to_csv(path / "regions.csv", index=False, lineterminator=line_end)
    priorities.to_csv(path / "priorities.csv", index=False)
    from_files = load(path)["regions"]
    from_frames = load({"regions": regions, "priorities": priorities})["regions"]
    pd.testing.assert_frame_equal(from_files.reset_index(drop=True), from_frames.reset_index(drop=True))
    assert from_files["name"].tolist() == names
    starts = np.cumsum([2] + [name.count("\n") + 1 for name in names])[:-1]
    assert from_files.index.tolist() == starts.tolist()
