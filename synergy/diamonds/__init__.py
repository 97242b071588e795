"""Synergy diamonds: what two to four regions bring each other in a field, at four corners. Our own definition."""

from synergy.diamonds.corners import CORNERS
from synergy.diamonds.find import diamond, find_diamonds
from synergy.diamonds.result import Diamonds
from synergy.diamonds.rows import TOGETHER

__all__ = ["CORNERS", "TOGETHER", "Diamonds", "diamond", "find_diamonds"]
