"""Field names in five languages that were written by somebody else and unseen when the thesaurus was."""

from pathlib import Path

from synergy.wording import ThesaurusEncoder

FIELDS = Path(__file__).with_name("fields.csv")


def test_at_least_34_of_40_with_the_default(found):
    rows, hits = found(FIELDS, ThesaurusEncoder())
    assert rows == 40
    assert min(hits.values()) >= 34, hits


def test_at_least_38_of_40_with_the_encoder_extra(found, multilingual):
    rows, hits = found(FIELDS, multilingual)
    assert rows == 40
    assert min(hits.values()) >= 38, hits
