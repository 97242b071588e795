"""Does a score built from what was known up to a date foresee who cooperates after it, and on what?"""

from synergy.backtest.cut import Cut, split
from synergy.backtest.result import Backtest, backtest

__all__ = ["Backtest", "Cut", "backtest", "split"]
