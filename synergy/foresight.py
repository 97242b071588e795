"""What the scores have been seen to be worth: said with every output that shows them.

The figures are those of ``python -m benchmarks.backtest`` of November 2026, in ``benchmarks/RESULTS.md``.
"""

FORESIGHT = (
    "What these scores are worth, as seen on 217 European regions (Interreg projects known by June 2016 against those"
    " begun by December): the total foresees new joint projects with an AUC of 0.62 (chance is 0.50), common partners"
    " alone with 0.74; complementarity foresees nothing, shared priorities hardly anything. On what cooperating regions"
    " work is foreseen with 0.68 by their affinity for themes and with 0.66 by how popular a theme is; being members of"
    " a topic does not foresee it. Horizon 2020 projects of 2021 are not foreseen by the total. Scores say where to"
    " look, not what will happen."
)
