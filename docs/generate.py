"""Write the pages that are generated from the code: ``python docs/generate.py`` (a test compares them)."""

import contextlib
import io
import os
from pathlib import Path

DOCS = Path(__file__).resolve().parent


TABLES = """# Tables

Generated from the schema. A study is a folder of `study.toml` and one CSV file per table (UTF-8, comma, a header line).
An empty cell is unknown, never zero. Codes are `scheme:code`, several with `;` between; `nace` (Rev. 2) is built in, a
scheme that the study's own `codes` table lists must be listed there in full, and other schemes are free. A column whose
name begins with `x_` is yours and left alone; `datapackage.json` and README files beside the tables are ignored.

## `study.toml`

Every setting has a default, and the file may be missing. This is all of it, with the defaults:

```toml
name = "study"
title = ""                # shown to people; the name if empty
description = ""
seed = 1
# level = 2               # the level of regions to analyse; the one with most regions if left out
inherit_from_level = 1    # strategies of this level and deeper are rolled down to the regions below

[weights]                 # of the parts of a pair's total; only their proportions matter
similarity = 0.1
complementarity = 0.1
cooperation = 0.2
proximity = 0.6

[topics]
resolution = 1.0          # larger gives more and smaller topics
runs = 20                 # seeded runs for the partition, and for its stability
dropout = 0.1             # share of ties each stability run leaves out
min_regions = 3
min_countries = 2

[backtest]                # no cut, no test
cut = ""                  # last year ("2015") or day ("2016-06-30") of what is known
until = ""                # last year or day of what is to be foreseen; all that is there if empty

[survey]
layer = false             # true: survey, services and needs become layers of the graph; scores use none of them

[sources.regions]         # any table: where it comes from
title = "Eurostat GISCO"
date = "2024"
```

"""


PAIRS = """One row per unordered pair of analysed regions, best total first, unknown totals last. An empty cell is
unknown.
"""


def pages() -> dict[str, str]:
    """Return the text of every generated page by file name."""
    from synergy.tables.descriptor import schema_markdown

    return {"tables.md": TABLES + schema_markdown() + pairs_markdown(), "commands.md": commands_markdown()}


def pairs_markdown() -> str:
    """Return the columns of the pair scores, an output."""
    from synergy.scores import MEANING

    rows = "".join(f"| `{column}` | {meaning} |\n" for column, meaning in MEANING.items())
    return f"\n## Output: `pairs.csv`\n\n{PAIRS}\n| column | description |\n|---|---|\n{rows}"


def commands_markdown() -> str:
    """Return the help of every command, as the terminal shows it at 100 columns."""
    from synergy.commands.app import app

    names = [command.name or command.callback.__name__ for command in app.registered_commands]
    parts = ["# Commands\n\nGenerated from the code. Exit codes: 0 done, 1 the data has problems, 2 wrong usage, "
             "70 a fault of\nSynergy itself, 130 interrupted with the outputs untouched.\n"]  # fmt: skip
    for words in ([], *([name] for name in names)):
        title = " ".join(["synergy", *words])
        parts.append(f"\n## {title}\n\n```text\n{_help(words)}\n```\n")
    return "".join(parts)


def _help(words: list[str]) -> str:
    from synergy.commands import main

    text = io.StringIO()
    os.environ["TERMINAL_WIDTH"] = os.environ["COLUMNS"] = "100"
    with contextlib.redirect_stdout(text), contextlib.suppress(SystemExit):
        main([*words, "--help"])
    return "\n".join(line.rstrip() for line in text.getvalue().strip().splitlines())


if __name__ == "__main__":
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8", newline="\n")
