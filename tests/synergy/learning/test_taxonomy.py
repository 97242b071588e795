"""The kinds of service as data: the shipped file, own ones, and every problem of a wrong one."""

import pytest

from synergy import DataError, UsageError
from synergy.learning import load_taxonomy
from synergy.learning.implications import advice
from synergy.survey import load_instrument


def test_the_shipped_kinds_answer_areas_that_the_instrument_has():
    taxonomy = load_taxonomy()
    assert len(taxonomy.categories) == 7
    asked = {area for kind in taxonomy.categories.values() for area in kind.areas}
    assert asked == set(load_instrument().areas)
    assert all(kind.corners and kind.about for kind in taxonomy.categories.values())
    assert len({advice(area) for area in load_instrument().areas}) == 5


def test_an_own_file_takes_the_place_of_a_section_and_keeps_the_rest(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text('[category.export]\ntitle = "Export"\nareas = ["support"]\n', encoding="utf-8")
    taxonomy = load_taxonomy(own)
    assert list(taxonomy.categories) == ["export"]
    assert taxonomy.categories["export"].corners == ()
    assert taxonomy.sessions == load_taxonomy().sessions


def test_every_problem_is_told_at_once_with_its_line(tmp_path):
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(
        '[category.a]\ntitel = "A"\n[category.b]\ntitle = "B"\ncorners = ["clusteres"]\nareas = "design"\n'
        '[session.s]\ntitle = "S"\nminutes = true\ntext = "{hots} opens"\n[sesion.x]\ntitle = "X"\n',
        encoding="utf-8",
    )
    with pytest.raises(DataError) as told:
        load_taxonomy(wrong)
    said = [f"{problem.code} {problem.row} {problem.column}" for problem in told.value.problems.items]
    assert said == [
        "S402 None sesion", "S402 1 category.a", "S402 2 category.a.titel", "S402 5 category.b.corners",
        "S403 6 category.b.areas", "S403 9 session.s.minutes", "S404 10 session.s.text",
    ]  # fmt: skip
    assert "did you mean 'clusters'?" in str(told.value)


@pytest.mark.parametrize("text", ["[category", "category = 3\n"])
def test_a_file_that_is_none_is_told(tmp_path, text):
    (tmp_path / "none.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError):
        load_taxonomy(tmp_path / "none.toml")
    with pytest.raises(UsageError, match="cannot read the taxonomy"):
        load_taxonomy(tmp_path / "missing.toml")
