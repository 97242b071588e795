"""Why somebody named in the data is not in a proposed consortium."""

from __future__ import annotations

from dataclasses import dataclass

from synergy.consortia import WhyNot, why_not
from synergy.errors import UsageError
from synergy.partners.people import resolved
from synergy.partners.proposal import Proposal


@dataclass(frozen=True)
class Absence:
    """Why a candidate is not in the first consortium: ``no_candidate`` says why it was not even looked at, if so."""

    candidate: str
    name: str
    found: WhyNot | None
    no_candidate: str = ""


def absence(proposal: Proposal, who: str) -> Absence:
    """Return why somebody is not in the best consortium; raise UnknownName, or UsageError when it is a member.

    As much is searched for the best with it as was for the proposal.
    """
    partners = proposal.partners
    people = partners.register.people.set_index("candidate_id")
    (one,) = resolved([who], people.index)
    name, region = str(people.at[one, "name"]), str(people.at[one, "region"])
    if one in proposal.consortia.best.members:
        raise UsageError(f"{name} ({one}) is a member of the first consortium")
    if one in partners.pool.ids:
        return Absence(one, name, why_not(proposal.consortia, one, effort=proposal.effort))
    if one not in set(partners.people["candidate_id"]):
        return Absence(one, name, None, f"no row says that it holds a capacity of {partners.subject.id}")
    return Absence(one, name, None, f"it is in {region}, which is no region of {partners.subject.id}")
