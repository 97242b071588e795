"""The policy reading as plain values, that its page and its text are made from."""

from __future__ import annotations

from typing import Any

from synergy.learning import PolicyReading
from synergy.report.practices import source_of
from synergy.report.stresstest import OWN, RULES
from synergy.report.values import plain_rows
from synergy.tables.study import Study


def summarise_policy(study: Study, reading: PolicyReading) -> dict[str, Any]:
    """Return the policy reading with the study it belongs to, as dicts, lists, text, numbers and None."""
    stress, names = reading.stress, reading.stress.grounds.names
    titles = stress.opinions.instrument.areas
    named = {side: reading.pairs[side].map(names) for side in ("learner", "teacher")}
    return {
        "title": study.title,
        "study": study.settings.name,
        "seed": study.settings.seed,
        "source": source_of(study, "survey"),
        "own": OWN,
        "rules": RULES,
        "n_regions": len(stress.regions),
        "respondents": stress.opinions.scores.respondents,
        "limits": dict(reading.params),
        "implications": [
            {
                "rule": each.rule,
                "seen": each.seen,
                "advice": each.advice,
                "regions": list(each.regions),
                "figures": [{**figure, "name": names[figure["region_id"]]} for figure in each.figures],
            }
            for each in reading.implications
        ],
        "pairs": plain_rows(reading.pairs.assign(**{f"{side}_name": name for side, name in named.items()})),
        "unmet": plain_rows(reading.unmet.assign(region_id_name=reading.unmet["region_id"].map(names))),
        "groups": [
            {
                "regions": [{"region_id": region, "name": names[region]} for region in group.regions],
                "stability": group.stability,
                "verdict": group.verdict,
            }
            for group in reading.alike.groups
        ],
        "silhouette": reading.alike.silhouette if reading.alike.groups else None,
        "groups_p": reading.alike.p if reading.alike.groups else None,
        "grouped_by": [str(titles[area]) for area in reading.grouped_by],
        "recurring": plain_rows(reading.recurring),
        "disagreement": plain_rows(reading.disagreement),
    }
