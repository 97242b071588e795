"""Hold the scores against what came after a date: do they foresee who cooperates, and on what?"""

import synergy

study = synergy.load("data/alpine")
tested = synergy.backtest(study, "2016-06-30", draws=50)
for verdict in tested.verdicts:
    print(verdict)
