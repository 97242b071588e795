"""The names that `import synergy` gives are the ones that are promised."""

import ast
from pathlib import Path

import pytest

import synergy

PROMISED = {
    "load", "check", "build", "score_pairs", "find_topics", "find_diamonds", "diamond",
    "find_activities", "find_consortia", "explain", "run", "backtest", "make_plan", "align", "make_scheme",
    "stress_test", "policy_reading", "find_practices",
    "Study", "Settings", "Problem", "Problems", "PairScores", "Topics",
    "Diamonds", "Activities", "Explanation", "Run", "Backtest", "Plan", "Proposal",
    "Alignment", "Scheme", "StressTest", "PolicyReading", "Practices",
    "SynergyError", "GraphError", "DataError", "UsageError", "UnknownName", "Infeasible", "OutputRefused",
}  # fmt: skip


def test_they_are_the_promised_ones():
    assert set(synergy.__all__) == PROMISED
    assert synergy.__all__ == sorted(synergy.__all__)


@pytest.mark.parametrize("name", sorted(PROMISED))
def test_each_resolves_and_is_described(name):
    value = getattr(synergy, name)
    assert value.__name__ == name
    assert value.__doc__


def test_type_checkers_see_the_same_names():
    tree = ast.parse(Path(synergy.__file__).read_text(encoding="utf-8"))
    guarded = [node for node in tree.body if isinstance(node, ast.If)]
    names = {alias.name for node in guarded for line in node.body for alias in line.names}
    assert names == PROMISED


def test_they_are_listed_and_others_are_told():
    assert set(dir(synergy)) >= PROMISED
    with pytest.raises(AttributeError, match="no attribute 'loda'"):
        synergy.loda  # noqa: B018


def test_what_is_raised_on_purpose_has_one_root():
    errors = [name for name in PROMISED if isinstance(getattr(synergy, name), type)]
    raised = [name for name in errors if issubclass(getattr(synergy, name), Exception)]
    assert len(raised) == 7
    assert all(issubclass(getattr(synergy, name), synergy.SynergyError) for name in raised)
