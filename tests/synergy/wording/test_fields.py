"""Two lists of field names in five languages, written apart from the thesaurus and unseen when it was made."""

from pathlib import Path

import pytest

from synergy.wording import ThesaurusEncoder

LISTS = [Path(__file__).with_name(name) for name in ("fields.csv", "fields_reserve.csv")]


@pytest.mark.parametrize("fields", LISTS, ids=lambda path: path.stem)
def test_at_least_34_of_40_with_the_default(found, fields):
    rows, hits = found(fields, ThesaurusEncoder())
    assert rows == 40
    assert min(hits.values()) >= 34, hits


@pytest.mark.parametrize("fields", LISTS, ids=lambda path: path.stem)
def test_at_least_38_of_40_with_the_encoder_extra(found, multilingual, fields):
    rows, hits = found(fields, multilingual)
    assert rows == 40
    assert min(hits.values()) >= 38, hits
