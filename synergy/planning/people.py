"""Who takes part in which role: named from the data where it names somebody, else who has to name them."""

from __future__ import annotations

from dataclasses import dataclass

from synergy.planning.facts import Actor, Facts
from synergy.planning.template import Role, Template


@dataclass(frozen=True)
class Person:
    """One role of one activity: ``named`` from the data, home region first; else ``unnamed`` says who names them.

    ``candidates`` are those the data hold at home of a kind that often has this role: a proposal, nothing more.
    """

    role: str
    title: str
    named: tuple[Actor, ...]
    candidates: tuple[Actor, ...]
    unnamed: str
    most: int | None

    @property
    def text(self) -> str:
        """Who, in one line of at most ``most`` names."""
        if not self.named:
            return f"{self.title}: {self.unnamed}"
        return f"{self.title}: {listed(self.named, self.most)}"

    @property
    def first(self) -> str:
        """The first name, else the role, to be named."""
        return listed(self.named[:1], 1) if self.named else f"{self.title}, to be named"


def listed(actors: tuple[Actor, ...], most: int | None) -> str:
    """Return names with their regions, and how many more there are."""
    shown = [f"{actor.name} ({actor.region})" if actor.region else actor.name for actor in actors[:most]]
    more = len(actors) - len(shown)
    return "; ".join(shown) + (f"; and {more} more" if more else "")


def people(template: Template, facts: Facts) -> dict[str, Person]:
    """Return every role of a template as it is filled for one activity.

    Actors of the role's kinds come home region first, then those who bring most, then as the activity lists them; the
    coordinating cluster is therefore a proposal by a stated rule. People such as an agency or a policy maker are in no
    table: they stay to be named.
    """
    found: dict[str, Person] = {}
    for role in template.roles.values():
        taken = _members(template.roles[role.besides], facts)[:1] if role.besides else ()
        named = tuple(actor for actor in _members(role, facts) if actor not in taken)
        if role.most == 1:
            named = named[:1]
        at_home = [actor for actor in facts.actors if actor.region == facts.home]
        candidates = _ordered([actor for actor in at_home if actor.kind in role.candidates], facts)
        found[role.key] = Person(
            role.key, role.title, named, candidates[: role.most], role.unnamed.format(**facts.words), role.most
        )
    return found


def _members(role: Role, facts: Facts) -> tuple[Actor, ...]:
    if role.source == "people":
        return ()
    if role.source == "holders":
        holders = {c.code: c.holders for c in facts.capacities if c.state == "from elsewhere"}
        return _ordered([a for a in facts.actors if any(a.region in holders.get(c, ()) for c in a.brings)], facts)
    return _ordered([actor for actor in facts.actors if actor.kind in role.kinds], facts)


def _ordered(actors: list[Actor], facts: Facts) -> tuple[Actor, ...]:
    return tuple(sorted(actors, key=lambda actor: (actor.region != facts.home, -len(actor.brings))))
