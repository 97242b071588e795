"""The questionnaire as data: the shipped one, own ones, and everything that can be wrong with one."""

from __future__ import annotations

from pathlib import Path

import pytest

from synergy import DataError, UsageError
from synergy.survey import Instrument, load_instrument

OWN = """
title = "Ours"
language = "en"
[item.A1]
area = "design"
direction = "s3-to-clusters"
text = "One."
"""
AREAS = "".join(
    f'[item.{area[0].upper()}{n}]\narea = "{area}"\ndirection = "{way}"\ntext = "{area} {n}"\n'
    for area in ("design", "support", "coordination", "implementation", "portfolio")
    for n, way in enumerate(("s3-to-clusters", "clusters-to-s3"), 1)
)
HEAD = 'title = "Ours"\nlanguage = "en"\n'


def test_the_shipped_one_asks_in_five_areas_and_two_directions_in_five_languages() -> None:
    shipped = load_instrument()
    assert len(shipped.cells) == 10
    assert all(1 <= len(codes) <= 4 for codes in shipped.cells.values())
    assert list(shipped.areas) == ["design", "support", "coordination", "implementation", "portfolio"]
    assert list(shipped.stakeholders) == ["cluster", "policy", "agency", "research", "association"]
    assert list(shipped.scale) == [0, 1, 2, 3, 4, 5]
    assert str(shipped.scale[0]) == "no information"
    assert len(shipped.pairs) == 5
    assert shipped.languages == ("en", "de", "fr", "it", "sl")
    labels = (*shipped.areas.values(), *shipped.directions.values(), *shipped.stakeholders.values())
    assert all(set(text.texts) == set(shipped.languages) for text in (*labels, *shipped.scale.values()))
    assert all(set(item.text.texts) == set(shipped.languages) for item in shipped.items.values())
    assert "own" in str(shipped.note)


def test_an_importance_is_not_scored_but_has_the_place_of_its_item() -> None:
    shipped = load_instrument()
    assert shipped.items["DS1I"].importance_of == "DS1"
    assert (shipped.items["DS1I"].area, shipped.items["DS1I"].direction) == ("design", "s3-to-clusters")
    assert "DS1I" not in {code for codes in shipped.cells.values() for code in codes}


def test_an_own_one_may_leave_out_what_it_shares_with_the_shipped_one(tmp_path: Path) -> None:
    own = loaded(tmp_path, HEAD + AREAS)
    assert list(own.stakeholders) == list(load_instrument().stakeholders)
    assert own.cells["support", "clusters-to-s3"] == ("S2",)
    assert str(own.note) == ""
    assert repr(own) == "Instrument(own.toml: 10 items, 5 areas x 2 directions, 5 stakeholder types)"


def loaded(folder: Path, text: str) -> Instrument:
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return load_instrument(path)


def problems(folder: Path, text: str) -> list[tuple[str, int | None, str | None]]:
    with pytest.raises(DataError) as told:
        loaded(folder, text)
    return [(each.code, each.row, each.column) for each in told.value.problems]


BROKEN = {
    "no TOML": ("title = ", ("S401", None, None)),
    "a misspelt key": (HEAD + 'titel = "x"\n' + AREAS, ("S402", 3, "titel")),
    "no title": ('language = "en"\n' + AREAS, ("S402", None, "title")),
    "no language": ('title = "x"\n' + AREAS, ("S402", None, "language")),
    "a language that is none": ('title = "x"\nlanguage = "English"\n' + AREAS, ("S403", 2, "language")),
    "a title that is no text": ('title = 5\nlanguage = "en"\n' + AREAS, ("S403", 1, "title")),
    "a translation that is empty": ('title = { en = "x", de = "" }\nlanguage = "en"\n' + AREAS, ("S403", 1, "title")),
    "a strange language": ('title = { english = "x" }\nlanguage = "en"\n' + AREAS, ("S404", 1, "title")),
    "a scale of its own": (HEAD + '[scale]\n1 = "no"\n2 = "yes"\n' + AREAS, ("S404", 3, "scale")),
    "no items": (HEAD, ("S402", None, "item")),
    "an item without text": (HEAD + AREAS + '[item.X]\narea = "design"\ndirection = "s3-to-clusters"\n',
                             ("S402", 43, "item.X")),
    "an item of no area": (HEAD + AREAS.replace('"design"', '"desing"', 1), ("S561", 4, "item.D1.area")),
    "an item of no direction": (HEAD + AREAS.replace('"s3-to-clusters"', '"s3"', 1), ("S561", 5, "item.D1.direction")),
    "an area without items": (HEAD + OWN.partition("[")[1] + OWN.partition("[")[2], ("S562", None, "area.support")),
    "an importance of nothing": (HEAD + AREAS + '[item.X]\nimportance_of = "D9"\ntext = "How much?"\n',
                                 ("S563", 44, "item.X.importance_of")),
    "an importance of itself": (HEAD + AREAS + '[item.X]\nimportance_of = "X"\ntext = "How much?"\n',
                                ("S563", 44, "item.X.importance_of")),
    "a text twice": (HEAD + AREAS.replace("support 1", "Design  1"), ("S564", 14, "item.S1.text")),
    "codes that differ in case": (HEAD + AREAS + AREAS[: AREAS.index("[item.D2]")].replace("D1", "d1"),
                                  ("S564", 43, "item.d1")),
    "a code with a sign": (HEAD + AREAS.replace("[item.D1]", "[item.D-1]"), ("S404", 3, "item.D-1")),
    "an importance with an area": (HEAD + AREAS + '[item.X]\nimportance_of = "D1"\narea = "design"\ntext = "x"\n',
                                   ("S402", 45, "item.X.area")),
    "an item that is a text": (HEAD + '[item]\nD1 = "One."\n', ("S403", 4, "item.D1")),
    "a section that is a text": (HEAD + 'area = "design"\n' + AREAS, ("S403", 3, "area")),
    "an empty section": (HEAD + "[stakeholder]\n" + AREAS, ("S404", 3, "stakeholder")),
}  # fmt: skip


def test_every_rule_of_an_instrument_is_broken_here() -> None:
    assert {"S561", "S562", "S563", "S564"} <= {code for _, (code, _, _) in BROKEN.values()}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_told_by_line_and_key(name: str, tmp_path: Path) -> None:
    text, expected = BROKEN[name]
    assert expected in problems(tmp_path, text)


def test_all_problems_are_told_at_once_with_the_nearest_name(tmp_path: Path) -> None:
    text = HEAD + AREAS.replace('"design"', '"desing"', 1).replace('"support"', '"suport"', 1)
    with pytest.raises(DataError) as told:
        loaded(tmp_path, text)
    assert [each.hint for each in told.value.problems] == ["did you mean 'design'?", "did you mean 'support'?"]


def test_a_file_that_is_not_there_or_no_text_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot read the instrument"):
        load_instrument(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes("title = 'Prüfung'".encode("latin-1"))
    with pytest.raises(UsageError, match="not UTF-8"):
        load_instrument(tmp_path / "latin.toml")
