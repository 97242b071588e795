"""One consortium per topic of a study under one rule set: what a run tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from synergy.activities.ground import Ground
from synergy.consortia import Effort, RuleSet, Value
from synergy.errors import UsageError
from synergy.partners.candidates import Register
from synergy.partners.find import RETURNS, propose, rules_of
from synergy.partners.proposal import MEMBER_COLUMNS, Proposal
from synergy.partners.subject import of_topic
from synergy.scores import PairScores
from synergy.tables.study import Study
from synergy.topics import Topics

EFFORT = Effort(rounds=0, nodes=200)
"""No perturbation: on pools of a study's size the proof itself finds the best."""


@dataclass(frozen=True, eq=False, repr=False)
class Overview:
    """The best consortium of each topic that has one; ``without`` says of the others why there is none."""

    rules: RuleSet
    proposals: Mapping[str, Proposal]
    without: Mapping[str, str]

    def to_frame(self) -> pd.DataFrame:
        """Return one row per topic and member, as consortia.csv of a run has them."""
        frames = [each.to_frame() for each in self.proposals.values()]
        return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=list(MEMBER_COLUMNS))

    def __len__(self) -> int:
        return len(self.proposals)

    def __repr__(self) -> str:
        return f"Overview({len(self)} topics with a consortium under {self.rules.name!r}, {len(self.without)} without)"


def consortia_of_topics(study: Study, scores: PairScores, topics: Topics) -> Overview | None:
    """Return the best consortium of each topic under the rules that ``study.toml`` names; None when it names none."""
    rules = rules_of(study)
    if rules is None:
        return None
    register = Register(Ground(study.located), scores)
    proposals: dict[str, Proposal] = {}
    without: dict[str, str] = {}
    for topic in topics.frame["topic_id"]:
        subject = of_topic(register.ground, topics, topic)
        try:
            proposals[topic] = propose(register, subject, rules, Value(returns=RETURNS), effort=EFFORT)
        except UsageError as error:  # Infeasible, or nobody named
            without[topic] = str(error)
    return Overview(rules, proposals, without)
