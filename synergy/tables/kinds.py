"""What kind of body a name says it is, for the participants of whom no table says it."""

from __future__ import annotations

import re

from synergy.tables.organisations import normal_name

# Words of a name without accents and case. A folk high school teaches evenings, and an institute may be anything.
_UNIVERSITY = re.compile(
    r"universit|univerz|uniwersytet|yliopist|ulikool|(?<!volks)hochschul|hogskol|hoejskol|korkeakoul|rakenduskorgkool"
    r"|augstskol|politecnic|polytechn|fakultet|\bfh\b|\bepfl\b|\bsupsi\b|academy of sciences"
)
_RESEARCH = re.compile(
    r"forschung|forskning|research|recherche|ricerc|raziskov|badawcz|tutkimus"
    r"|\bcnrs\b|\bcnr\b|\binra|fraunhofer|helmholtz|leibniz|max planck|joanneum"
)


def kind_by_name(name: str) -> str | None:
    """Return 'university' or 'research' where the name says so, else None.

    >>> kind_by_name("Università degli Studi di Trento"), kind_by_name("Volkshochschule Cham")
    ('university', None)
    >>> kind_by_name("Forschungsinstitut für biologischen Landbau"), kind_by_name("Euro-Institut")
    ('research', None)
    """
    plain = normal_name(name)
    return "university" if _UNIVERSITY.search(plain) else "research" if _RESEARCH.search(plain) else None
