"""Gaps: the tests against scipy, each kind worked by hand, and the promised rates over a thousand surveys."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from synergy import UnknownName, UsageError
from synergy.survey import ALL, Instrument, gaps, load_instrument, score
from synergy.survey.contrasts import GAP, NO_GAP, UNKNOWN, difference_of_means, verdicts


def groups(seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.normal(3, 1, 9), rng.normal(3.6, 0.5, 14)


def facts(x: np.ndarray) -> tuple[float, float, float]:
    return len(x), float(x.mean()), float(x.var(ddof=1))


@pytest.mark.parametrize("seed", range(3))
def test_for_separate_groups_it_is_welch_s_test(seed: int) -> None:
    x, y = groups(seed)
    peer = stats.ttest_ind(x, y, equal_var=False)
    found = difference_of_means(*facts(x), *facts(y))
    low, high = found.interval(0.95)
    assert found.p_values()[0] == pytest.approx(peer.pvalue)
    assert found.df[0] == pytest.approx(peer.df)
    assert (low[0], high[0]) == pytest.approx(tuple(peer.confidence_interval(0.95)))


@pytest.mark.parametrize("seed", range(3))
def test_for_the_same_people_it_is_the_paired_test(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x = rng.normal(3, 1, 12)
    y = x + rng.normal(0.4, 0.5, 12)
    peer = stats.ttest_rel(x, y)
    found = difference_of_means(*facts(x), *facts(y), both=12, covariance=float(np.cov(x, y)[0, 1]))
    assert found.p_values()[0] == pytest.approx(peer.pvalue)
    assert found.df[0] == pytest.approx(11)


def test_for_groups_that_overlap_it_lies_between_as_worked_by_hand() -> None:
    found = difference_of_means(10, 3.0, 1.0, 8, 4.0, 2.0, both=6, covariance=0.5)
    e1, e2 = 0.1, 0.25
    welch = (e1 + e2) ** 2 / (e1**2 / 9 + e2**2 / 7)
    assert found.error[0] == pytest.approx(np.sqrt(e1 + e2 - 2 * 6 * 0.5 / 80))
    assert found.df[0] == pytest.approx(5 + (welch - 6 + 1) / 18 * 6)


def test_the_effect_is_hedges_g() -> None:
    found = difference_of_means(10, 4.0, 1.0, 10, 3.0, 3.0)
    assert found.effect[0] == pytest.approx(1 / np.sqrt(2) * (1 - 3 / (4 * found.df[0] - 1)))


def test_smaller_than_what_matters_is_two_one_sided_tests() -> None:
    x, y = groups(5)
    found = difference_of_means(*facts(x), *facts(y))
    shifted = [stats.ttest_ind(x - 0.5, y, equal_var=False, alternative="less").pvalue,
               stats.ttest_ind(x + 0.5, y, equal_var=False, alternative="greater").pvalue]  # fmt: skip
    assert found.p_small(0.5)[0] == pytest.approx(max(shifted))


def test_q_is_benjamini_and_hochberg_s_within_each_family() -> None:
    rng = np.random.default_rng(1)
    p, small = rng.random(9) ** 3, rng.random(9)
    p[4] = small[4] = np.nan
    family = np.array([0, 0, 0, 0, 0, 1, 1, 1, 1])
    q, q_small, words = verdicts(p, small, family, 0.05)
    for part in (np.arange(4), np.arange(5, 9)):
        assert q[part] == pytest.approx(stats.false_discovery_control(p[part]))
        assert q_small[part] == pytest.approx(stats.false_discovery_control(small[part]))
    assert np.isnan(q[4])
    assert words[4] == UNKNOWN


def test_the_promised_rates_over_a_thousand_surveys() -> None:
    """Ten comparisons each, three with a gap as large as ``detectable`` promises to find four times in five."""
    rng = np.random.default_rng(11)
    runs, m, n, sd, matters, fdr = 1000, 10, 12, 0.8, 0.5, 0.05
    promised = difference_of_means(n, 0, sd**2, n, 0, sd**2).detectable(fdr / m)[0]
    true = np.where(np.arange(m) < 3, promised, np.where(np.arange(m) == 3, matters, 0.0))
    x = rng.normal(true[None, :, None], sd, (runs, m, n))
    y = rng.normal(0, sd, (runs, m, n))
    found = difference_of_means(
        n, x.mean(2).ravel(), x.var(2, ddof=1).ravel(), n, y.mean(2).ravel(), y.var(2, ddof=1).ravel()
    )
    _, _, words = verdicts(found.p_values(), found.p_small(matters), np.repeat(np.arange(runs), m), fdr)
    told = np.array(words).reshape(runs, m)
    gap = told == GAP
    assert gap[:, :3].mean() >= 0.8
    false = gap[:, 4:].sum(axis=1) / np.maximum(gap.sum(axis=1), 1)
    assert false.mean() <= fdr
    # a difference that just matters is rarely called one that does not
    assert (told[:, 3] == NO_GAP).mean() <= fdr
    low, high = found.interval(0.95)
    covered = ((low <= np.tile(true, runs)) & (np.tile(true, runs) <= high)).mean()
    assert 0.94 <= covered <= 0.96


@pytest.fixture
def two_regions(answered) -> pd.DataFrame:
    """Clusters say 4 or 5, policy 1 or 2; region B a point less than A; clusters-to-strategy a point less."""
    people = {}
    for region, less in (("A", 0), ("B", 1)):
        for kind, base in (("cluster", 4), ("policy", 2)):
            for n in range(8):
                down = base + n % 2 - less
                people[f"{region}{kind}{n}"] = (
                    region,
                    kind,
                    dict.fromkeys(("DD1", "DD2"), down) | dict.fromkeys(("DU1", "DU2"), max(1, down - 1)),
                )
    return answered(people)


def test_each_kind_compares_the_means_that_are_shown(small: Instrument, two_regions: pd.DataFrame) -> None:
    found, scores = gaps(two_regions, small), score(two_regions, small, draws=50)
    kinds = found.of("stakeholders", "A")
    assert kinds[["a", "b", "direction"]].values.tolist() == [
        ["cluster", "policy", "down"],
        ["cluster", "policy", "up"],
    ]
    for row in found.frame[found.frame["kind"] == "stakeholders"].itertuples():
        for kind, mean, n in ((row.a, row.mean_a, row.n_a), (row.b, row.mean_b, row.n_b)):
            shown = scores.row(row.region_id, row.area, row.direction, kind)
            assert (mean, n) == (pytest.approx(shown["mean"]), shown["n"])
    assert set(kinds["verdict"]) == {GAP}
    direction = found.of("directions", "A").set_index("area").loc["design"]
    assert direction["difference"] == pytest.approx(1.0)
    assert direction["verdict"] == GAP
    both = found.of("benchmark").set_index(["region_id", "direction"])["difference"]
    assert both["A", "down"] == pytest.approx(1.0)
    assert both["B", "down"] == pytest.approx(-1.0)
    assert found.of("importance").empty


def test_the_directions_are_compared_for_the_same_people(small: Instrument, answered) -> None:
    people = {
        f"p{n}": ("A", "cluster", {"DD1": 1 + n % 5, "DD2": 1 + n % 5, "DU1": 1 + n % 4, "DU2": 1 + n % 5})
        for n in range(20)
    }
    found = gaps(answered(people), small).of("directions", "A").set_index("area").loc["design"]
    x = np.array([1 + n % 5 for n in range(20)], float)
    y = np.array([(1 + n % 4 + 1 + n % 5) / 2 for n in range(20)])
    assert found["p"] == pytest.approx(stats.ttest_rel(x, y).pvalue)


def test_a_frontrunner_is_what_the_others_are_held_against(small: Instrument, draw) -> None:
    survey = draw(small, 90, 4, seed=1)
    found = gaps(survey, small, against="R2").of("benchmark")
    assert set(found["b"]) == {"R2"}
    assert "R2" not in set(found["region_id"])
    scores = score(survey, small, draws=50)
    row = found[(found["region_id"] == "R0") & (found["area"] == ALL)].iloc[0]
    assert row["difference"] == pytest.approx(scores.row("R0")["mean"] - scores.row("R2")["mean"])


def test_the_mean_of_the_others_counts_every_region_once(small: Instrument, draw) -> None:
    survey = draw(small, 120, 3, seed=4)
    scores = score(survey, small, draws=50)
    row = gaps(survey, small).of("benchmark", "R0").set_index("area").loc[ALL]
    others = [scores.row(region) for region in ("R1", "R2")]
    assert row["mean_b"] == pytest.approx(np.mean([each["mean"] for each in others]))
    assert row["n_b"] == sum(each["n"] for each in others)
    own = scores.row("R0")
    errors = [own["sd"] ** 2 / own["n"], *[each["sd"] ** 2 / each["n"] / 4 for each in others]]
    df = sum(errors) ** 2 / sum(e**2 / (each["n"] - 1) for e, each in zip(errors, (own, *others), strict=True))
    reach = stats.t.ppf(0.975, df) * np.sqrt(sum(errors))
    assert (row["low"], row["high"]) == pytest.approx((row["difference"] - reach, row["difference"] + reach))


def test_importance_is_held_against_performance(answered) -> None:
    shipped = load_instrument()
    people = {f"p{n}": ("A", "cluster", {"DS1": 1 + n % 3, "DS1I": 4 + n % 2}) for n in range(12)}
    found = gaps(answered(people), shipped).of("importance", "A").iloc[0]
    assert (found["item"], found["area"], found["direction"]) == ("DS1", "design", "s3-to-clusters")
    assert found["difference"] == pytest.approx(2.5)
    assert found["verdict"] == GAP


def test_an_importance_shows_no_item_whose_score_is_withheld(answered, tmp_path) -> None:
    """An item that is alone in its area and direction is the score itself."""
    shipped = load_instrument()
    cells = [(area, way) for area in shipped.areas for way in shipped.directions]
    items = "".join(
        f'[item.Q{n}]\narea = "{area}"\ndirection = "{way}"\ntext = "{n}"\n' for n, (area, way) in enumerate(cells)
    )
    own = tmp_path / "own.toml"
    extra = '[item.Q0I]\nimportance_of = "Q0"\ntext = "How important?"\n'
    own.write_text('title = "x"\nlanguage = "en"\n' + items + extra, encoding="utf-8")
    sizes = {"A": 3, "B": 6, "C": 9, "D": 12}
    people = {
        f"{region}{n}": (region, "cluster", {"Q0": 1 + n % 5, "Q0I": 4 + n % 2})
        for region, size in sizes.items()
        for n in range(size)
    }
    instrument = load_instrument(own)
    scores, found = score(answered(people), instrument, draws=50), gaps(answered(people), instrument)
    shown = [region for region in sizes if scores.row(region, "design", "s3-to-clusters")["status"] == "shown"]
    assert shown == ["C", "D"]
    assert found.of("importance")["region_id"].tolist() == [*shown, ALL]


def test_few_and_scattered_answers_cannot_tell_and_alike_ones_are_not_sure(small: Instrument, answered) -> None:
    people = {f"{kind}{n}": ("A", kind, {"DD1": 1 + (n * 2 + shift) % 5, "DD2": 1 + (n * 3) % 5})
              for kind, shift in (("cluster", 0), ("policy", 1)) for n in range(5)}  # fmt: skip
    assert set(gaps(answered(people), small).of("stakeholders")["verdict"]) == {UNKNOWN}
    alike = {f"{kind}{n}": ("A", kind, {"DD1": 3, "DD2": 3}) for kind in ("cluster", "policy") for n in range(5)}
    found = gaps(answered(alike), small).of("stakeholders")
    assert set(found["verdict"]) == {UNKNOWN}
    assert found[["low", "high", "p", "q"]].isna().all(axis=None)
    # one group alike beside others that differ is taken to differ as the survey does
    mixed = people | {f"agency{n}": ("A", "agency", {"DD1": 3, "DD2": 3}) for n in range(5)}
    row = gaps(answered(mixed), small).of("stakeholders", "A").set_index(["a", "b"]).loc[("cluster", "agency")]
    assert row["high"] - row["low"] > 1


def test_withheld_means_are_in_no_gap(small: Instrument, draw) -> None:
    survey = draw(small, 45, 3, seed=3)
    hidden = score(survey, small, draws=50).frame.query("status == 'withheld'")
    assert len(hidden)
    keys = set(hidden[["region_id", "area", "direction", "stakeholder"]].itertuples(index=False, name=None))
    found = gaps(survey, small)
    for row in found.of("stakeholders").itertuples():
        assert not {(row.region_id, row.area, row.direction, kind) for kind in (row.a, row.b)} & keys
    for row in found.of("benchmark").itertuples():
        assert (row.region_id, row.area, row.direction, ALL) not in keys
    assert found.notes == (f"{len(hidden)} means are withheld and not compared",)


def test_wrong_settings_are_refused(small: Instrument, draw) -> None:
    survey = draw(small, 20, 2, seed=1)
    with pytest.raises(UnknownName, match="Did you mean 'R1'"):
        gaps(survey, small, against="R11")
    for wrong in ({"matters": 0}, {"fdr": 1}, {"min_n": 0}, {"level": 2}):
        with pytest.raises(UsageError):
            gaps(survey, small, **wrong)
    with pytest.raises(UnknownName, match="kind of gap"):
        gaps(survey, small).of("direction")


def test_the_result_is_plain_and_says_itself(small: Instrument, draw) -> None:
    import json

    found = gaps(draw(small, 60, 2, seed=1), small)
    assert len(found) == len(found.to_dict()["gaps"]) == len(found.to_frame())
    json.dumps(found.to_dict(), allow_nan=False)
    assert repr(found).startswith(f"Gaps({len(found)} comparisons: ")
    assert found.params == {"against": "mean", "matters": 0.5, "fdr": 0.05, "level": 0.95, "min_n": 5}
