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
name begins with `x_` is yours and left alone; a moment is a day (2027-03-31) or a day and time (2027-03-31T17:00, with
Z or an offset such as +01:00 where it is not in the row's time zone); `datapackage.json` and README files beside the
tables are ignored.

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
learning = 0.0            # above 0: what two regions can learn from one another, by the survey, takes part

[topics]
resolution = 1.0          # larger gives more and smaller topics
runs = 20                 # seeded runs for the partition, and for its stability
dropout = 0.1             # share of ties each stability run leaves out
min_regions = 3
min_countries = 2

[consortia]               # no rules, no consortia in a run
rules = ""                # a rule set such as "horizon-europe", or a file in the study's folder

[backtest]                # no cut, no test
cut = ""                  # last year ("2015") or day ("2016-06-30") of what is known
until = ""                # last year or day of what is to be foreseen; all that is there if empty

[survey]
layer = false             # true: survey, services and needs become layers of the graph; scores use none of these layers

[sources.regions]         # any table: where it comes from
title = "Eurostat GISCO"
date = "2024"
```

"""


PAIRS = """One row per unordered pair of analysed regions, best total first, unknown totals last. An empty cell is
unknown. The columns of learning are there only where the study gives it a weight.
"""


RULES = """# Rules of consortia

Generated from the rule files. A rule set is a dated file with its source; these come with Synergy, and
`synergy consortia STUDY --rules NAME` keeps them. They were written from public descriptions: a call's own text holds.

```sh
synergy consortia data/alpine --rules list
```

A rule is **kept** when the data say so, **broken** when they say the contrary, and **to be confirmed** when they cannot
tell: an unknown cost, kind or owner is neither. A consortium that Synergy proposes breaks no rule; what is to be
confirmed is listed for people. Basis: F found in a public source, B general knowledge of the field.

## A file of one's own

`--rules FILE` takes a file in the same form. All that is wrong with one is told at once, as `file:line:rule.key` with
what was found, what was expected and the nearest word.

```toml
name = "four-regions"
title = "A joint call of four regions"
date = "2026"
source = "An example: no real call"

[sets]
sme = ["micro", "small", "medium", "sme"]

[[rule]]
id = "partners"
says = "4 to 8 partners"
counts = "partners"
min = 4
max = 8

[[rule]]
id = "regions"
says = "From at least three regions"
counts = "regions"
min = 3

[[rule]]
id = "place"
says = "All partners are in the four regions"
counts = "partners"
who = { region = ["AT34", "CH05", "DE13", "DE14"] }
every = true

[[rule]]
id = "firms"
says = "At least one small or medium-sized firm"
counts = "partners"
who = { kind = "firm", size = "@sme" }
min = 1

[[rule]]
id = "balance"
says = "No country bears more than 60 % of the budget"
counts = "share"
per = "country"
max = 0.6

[[rule]]
id = "months"
says = "At most 24 months"
counts = "people"
```

| key | what may stand there |
|---|---|
| `id`, `says` | a name of the rule, and the rule in words |
| `counts` | partners; different countries, regions, kinds, owners; cost (sum); share (of it); people: no data say it |
| `min`, `max` | the limits; a share is from 0 to 1 |
| `who` | whom: id, kind, size, country, region, region_kind, owner with their values; `@name` is a list of `[sets]` |
| `per` | the maximum holds for each partner, country, region, kind or owner by itself |
| `every` | all members have to be `who` |
| `unknown` | confirm: what is not known is to be confirmed; refuse: only what is surely kept is accepted |
| `mark`, `source`, `date` | where the rule is from, if it differs from the file's own |

Kinds are those of the table `firms`, and cluster. No study knows the category of a region in cohesion policy or who
owns whom: such rules stay to be confirmed, unless a file of one's own names the regions.

## The sets that come with Synergy
"""


def pages() -> dict[str, str]:
    """Return the text of every generated page by file name."""
    from synergy.tables.descriptor import schema_markdown

    return {"tables.md": TABLES + schema_markdown() + pairs_markdown(), "commands.md": commands_markdown(),
            "rules.md": RULES + rules_markdown()}  # fmt: skip


def rules_markdown() -> str:
    """Return every rule set as a table."""
    from synergy.consortia import load_rules, rule_names

    parts = []
    for name in rule_names():
        one = load_rules(name)
        rows = "".join(f"| {rule.says} | {rule.counts} | {rule.mark} |\n" for rule in one.rules)
        note = f" {one.note}" if one.note else ""
        parts.append(f"\n### `{name}`: {one.title}\n\nDate: {one.date}. Source: {one.source}.{note}\n\n"
                     f"| rule | counts | basis |\n|---|---|---|\n{rows}")  # fmt: skip
    return "".join(parts)


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
