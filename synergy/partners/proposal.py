"""What is proposed for a topic or an activity: consortia, with who covers what by which rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from synergy.consortia import Consortia, Effort, RuleSet
from synergy.consortia.rules.judge import Verdict
from synergy.partners.candidates import Partners
from synergy.partners.subject import Subject

MEMBER_COLUMNS = (
    "for", "rules", "consortium", "candidate_id", "name", "region", "country", "kind", "covers", "best_for", "loss",
    "table", "row", "value", "bound", "gap", "proven", "to_confirm",
)  # fmt: skip
COVER_COLUMNS = ("consortium", "capacity", "name", "candidate_id", "quality", "rows")


@dataclass(frozen=True, eq=False, repr=False)
class Proposal:
    """Consortia for a topic or an activity, best first, with the partners that there are and the rules asked for."""

    partners: Partners
    rules: RuleSet
    consortia: Consortia
    effort: Effort

    @property
    def subject(self) -> Subject:
        """The topic or activity."""
        return self.partners.subject

    def to_frame(self) -> pd.DataFrame:
        """Return one row per consortium and member: MEMBER_COLUMNS, as consortia.csv has them.

        ``covers`` are the capacities that the member holds, ``loss`` the value that leaves with it, ``table`` and
        ``row`` name it in the study, ``to_confirm`` are the rules that people have to confirm.
        """
        frame = self.consortia.to_frame().merge(
            self.partners.people[["candidate_id", "table", "row"]], on="candidate_id", how="left"
        )
        covers = self.cover.groupby(["consortium", "candidate_id"])["capacity"].agg(";".join)
        keys = pd.MultiIndex.from_frame(frame[["consortium", "candidate_id"]])
        confirm = [";".join(one.rule.id for one in consortium.to_confirm) for consortium in self.consortia]
        frame = frame.assign(
            **{"for": self.subject.id, "rules": self.rules.name},
            covers=covers.reindex(keys).fillna("").to_numpy(),
            to_confirm=[confirm[number - 1] for number in frame["consortium"]],
        )
        return frame[list(MEMBER_COLUMNS)]

    @cached_property
    def cover(self) -> pd.DataFrame:
        """Who covers which capacity how well, by which input rows (``file:line``): COVER_COLUMNS."""
        told = self._told
        rows = [
            (number, each.capacity, each.name, member, quality, told.get((member, each.capacity), ""))
            for number, consortium in enumerate(self.consortia, start=1)
            for each in consortium.contributions
            for member, quality in zip(each.members, each.qualities, strict=True)
        ]
        return pd.DataFrame(rows, columns=list(COVER_COLUMNS))

    @cached_property
    def _told(self) -> dict[tuple[str, str], str]:
        evidence = self.partners.pool.evidence
        if evidence is None:
            return {}
        place = evidence["table"] + ".csv:" + evidence["row"].astype(str)
        listed = place.groupby([evidence["candidate_id"], evidence["capacity"]]).agg(" ".join)
        return {(str(one), str(code)): rows for (one, code), rows in listed.items()}

    def verdicts(self, number: int = 1) -> tuple[Verdict, ...]:
        """Return how the rules and wishes stand for one of the consortia, the first is 1."""
        return self.consortia[number - 1].verdicts

    def __len__(self) -> int:
        return len(self.consortia)

    def __repr__(self) -> str:
        return f"Proposal({self.subject.id} under {self.rules.name!r}: {len(self)}, the first: {self.consortia.best!r})"
