"""What the report says of the pairs follows from the scores."""

from types import SimpleNamespace

import pandas as pd
import pytest

from synergy.report.pairs import caution, certainty, chance_words
from synergy.report.render import to_html, to_markdown


def scores(p: list[float | None], q: list[float | None], rank: list[int | None], shares: dict) -> SimpleNamespace:
    frame = pd.DataFrame({"similarity_p": p, "similarity_q": q, "rank": pd.array(rank, dtype="Int64")})
    frame = frame.astype({"similarity_p": float, "similarity_q": float})
    bounds = frame.assign(rank_low=frame["rank"], rank_high=frame["rank"] + 3)
    return SimpleNamespace(frame=bounds, params={"draws": 500, "rank_variance": shares})


def test_certainty_in_sentences():
    shares = {"priorities": {"first": 0.5, "total": 0.6}, "weights": {"first": 0.3, "total": 0.4}}
    said = certainty(scores([0.001, 0.04, 0.5, None], [0.003, 0.06, 0.5, None], [1, 2, 3, None], shares))
    assert "the first of 3 pairs may stand anywhere from 1 to 4" in said[0] and "(500 draws)" in said[0]
    assert said[1] == (
        "What moves the ranks: which priorities are stated (50%), the weights of the parts (30%);"
        " 20% comes from several together."
    )
    assert said[2].startswith("Of 3 pairs whose strategies could be tested, 1 names more")
    assert said[2].endswith("2 would pass if tested alone, where chance gives up to 0.")


def test_nothing_known_is_said_so():
    assert certainty(scores([None], [None], [None], {})) == ["No two strategies could be tested against chance."]


@pytest.mark.parametrize(
    ("p", "q", "words"),
    [(None, None, "unknown"), (0.05, 0.05, "yes"), (0.05, 0.051, "by itself, not among so many"),
     (0.051, 0.2, "no")],
)  # fmt: skip
def test_chance_in_words(p, q, words):
    assert chance_words(p, q) == words


def test_only_what_is_to_be_minded_stands_beside_a_pair():
    assert caution("rests on all 4 parts", "") == ""
    assert caution("rests on 2 of 4 parts, without similarity", "strategy unknown") == (
        "rests on 2 of 4 parts, without similarity; strategy unknown"
    )


def test_pages_show_range_test_and_basis(summary, points, toy_results):
    first = summary["pairs"][0]
    assert summary["certainty"] == certainty(toy_results.scores)
    for page in (to_html(summary, points), to_markdown(summary)):
        assert "so read the top as a group and not as an order" in page
        assert "What moves the ranks" in page
        assert chance_words(first["similarity_p"], first["similarity_q"]) in page
    assert all(pair["caution"] == caution(pair["basis"], pair["note"]) for pair in summary["pairs"])
    assert first["basis"] in to_markdown(summary)
