"""What was read, for people to look at before it is believed."""

from __future__ import annotations

from typing import Any

from synergy.survey.instrument import Instrument, load_instrument
from synergy.survey.quality import flag_respondents
from synergy.survey.reading.responses import Responses


def summarise_responses(found: Responses, instrument: Instrument | None = None) -> dict[str, Any]:
    """Return plain values: people per region and stakeholder type, share of items answered, whom to look at twice.

    ``answered_share`` is that of the items that a respondent gave information on (1 to 5), on average over people.
    ``straight_lines`` and ``copies`` are those of `flag_respondents`. Not for publication: groups may be small.

    >>> import pandas as pd
    >>> frame = pd.DataFrame(
    ...     [("7", "AT32", "policy", "DS1", 4), ("7", "AT32", "policy", "DS2", 0)],
    ...     columns=["respondent_id", "region_id", "stakeholder", "item", "answer"])
    >>> told = summarise_responses(Responses(frame, "export.csv", 1, (), ()))
    >>> told["respondents"], told["regions"][0]["stakeholders"]["policy"], round(told["answered_share"] * 35)
    (1, 1, 1)
    """
    instrument = instrument or load_instrument()
    flags = flag_respondents(found.frame, instrument)
    flags["share"] = flags["answered"] / len(instrument.items)
    copies = flags.dropna(subset="same_as")
    return {
        "file": found.file,
        "respondents": found.respondents,
        "answers": len(found.frame),
        "answered_share": float(flags["share"].mean()),
        "regions": [
            {
                "region_id": region,
                "respondents": len(group),
                "answered_share": float(group["share"].mean()),
                "stakeholders": {kind: int((group["stakeholder"] == kind).sum()) for kind in instrument.stakeholders},
            }
            for region, group in flags.groupby("region_id")
        ],
        "stakeholders": {kind: int((flags["stakeholder"] == kind).sum()) for kind in instrument.stakeholders},
        "straight_lines": flags.loc[flags["straight_line"], "respondent_id"].tolist(),
        "copies": [
            {"respondent_id": who, "same_as": first}
            for who, first in zip(copies["respondent_id"], copies["same_as"], strict=True)
        ],
        "empty_rows": list(found.empty),
        "ignored_columns": list(found.ignored),
    }
