"""Seven: does the score foresee who cooperates, and on what? The study cut at a date, held against what came after."""

import synergy

study = synergy.load("data/alpine")
tested = synergy.backtest(study, "2016-06-30", draws=50)
for verdict in tested.verdicts:
    print(verdict)
