"""The template: the shipped one is sound, an own one may replace sections, and all that is wrong is told at once."""

import pytest

from synergy.errors import DataError, UsageError
from synergy.planning.conditions import EACH, HOLDS
from synergy.planning.indicators import MEASURE
from synergy.planning.template import load_template
from synergy.planning.words import CONDITIONS, DIRECTIONS, LINES, LISTS, MEASURES

STEP = """
[step.one]
line = "development"
title = "One"
lead = "coordinator"
inputs = "a"
outcome = "b"
weeks = 2

[step.two]
line = "development"
title = "Two in {home}"
lead = "agency"
inputs = "a"
outcome = "b"
weeks = 1
depends = ["one"]
"""
GAPS = '[gap.one]\nwhat = "w"\nwho = "agency"\nbefore = "one"\n'


@pytest.fixture
def told(tmp_path):
    def read(text: str) -> list[str]:
        path = tmp_path / "own.toml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(DataError) as error:
            load_template(path)
        return [str(problem) for problem in error.value.problems]

    return read


def test_the_shipped_one_uses_every_line_and_direction():
    template = load_template()
    assert {step.line for step in template.steps.values()} == set(LINES)
    assert set(template.emphasis) == set(DIRECTIONS)
    used = {word for step in template.steps.values() for word in step.when}
    assert set(DIRECTIONS[:-1]) <= used
    assert {step.each for step in template.steps.values()} - {""} == set(LISTS)


def test_every_word_of_a_template_has_a_meaning():
    assert set(HOLDS) == set(CONDITIONS)
    assert set(EACH) == set(LISTS)
    assert set(MEASURE) == set(MEASURES)


def test_the_criteria_are_those_of_activities(toy):
    assert set(toy.activities.criteria["criterion"]) == set(load_template().remedies)


def test_an_own_file_replaces_the_sections_it_has(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(STEP + GAPS, encoding="utf-8")
    own, shipped = load_template(path), load_template()
    assert list(own.steps) == ["one", "two"] and own.steps["two"].depends == ("one",)
    assert own.roles == shipped.roles and own.indicators == shipped.indicators
    assert list(own.gaps) == ["one"] and own.source == "own.toml"
    path.write_text(STEP, encoding="utf-8")
    assert {gap.before for gap in load_template(path).gaps.values()} == {""}


def test_every_problem_is_told_at_once_with_place_and_nearest_name(told):
    text = STEP.replace('lead = "agency"', 'lead = "agencey"').replace('["one"]', '["on"]').replace("{home}", "{hoem}")
    found = told(text.replace("weeks = 2", 'weeks = "2"').replace('line = "dev', 'lnie = "dev', 1) + GAPS)
    assert len(found) == 6
    for said in (
        "S402 own.toml:2:step.one: found no line, expected line: a text that is not empty",
        "own.toml:3:step.one.lnie: found a key 'lnie'",
        "(did you mean 'line'?)",
        "S403 own.toml:8:step.one.weeks: found '2', expected a whole number of at least 1",
        "S402 own.toml:12:step.two.title: found a placeholder 'hoem'",
        "(did you mean 'home'?)",
        "S402 own.toml:13:step.two.lead: found a role 'agencey'",
        "(did you mean 'agency'?)",
        "S402 own.toml:17:step.two.depends: found a step 'on'",
        "(did you mean 'one'?)",
    ):
        assert any(said in line for line in found), said


def test_a_circle_is_told_in_its_order(told):
    (found,) = told(STEP.replace("weeks = 2", 'weeks = 2\ndepends = ["two"]') + GAPS)
    assert "own.toml:9:step.one.depends: found a circle: 'one' waits for 'two' waits for 'one'" in found


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[step", "S401 own.toml"),
        ("step = 3\n" + GAPS, "S403 own.toml:1:step: found 3"),
        ("[step]\n" + GAPS, "found no step, expected at least one"),
        (STEP + GAPS + "[stpe.x]\n", "found a section 'stpe'"),
        (STEP + GAPS + '[direction.transition]\nemphasis = "e"\n', "found no [direction.modernisation]"),
        (STEP.replace("One", "One }") + GAPS, "braces in pairs"),
        (STEP.replace('"b"', '" "', 1) + GAPS, "expected a text that is not empty"),
        (STEP.replace("weeks = 2", "weeks = 2\nwhen = [1]") + GAPS, "expected a list of texts"),
        (STEP.replace("weeks = 2", "weeks = true") + GAPS, "found True"),
        (STEP + GAPS.replace('"one"', '"onee"'), "found a step 'onee'"),
    ],
)
def test_what_is_wrong_is_told(told, text, says):
    assert any(says in line for line in told(text)), told(text)


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    with pytest.raises(UsageError, match=r"cannot read the template .*none\.toml"):
        load_template(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes("title = 'Rhône'".encode("latin-1"))
    with pytest.raises(UsageError, match="it is not UTF-8"):
        load_template(tmp_path / "latin.toml")
