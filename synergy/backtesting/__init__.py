"""Does a score built from what was known up to a date foresee who cooperates after it, and on what?"""

from synergy.backtesting.cut import Cut, split
from synergy.backtesting.result import Backtest, backtest

__all__ = ["Backtest", "Cut", "backtest", "split"]
