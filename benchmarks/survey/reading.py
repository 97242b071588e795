"""What it costs to read, score and compare what survey tools export of some thousand people."""

import csv
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook

from benchmarks.survey.worlds import survey
from synergy.survey import gaps, load_instrument, read_responses, score


def reading(runs: int = 5000) -> None:
    """Print CPU seconds for so many respondents in each form."""
    instrument = load_instrument()
    codes = list(instrument.items)
    made = survey(instrument, runs, 11, seed=1)
    table = made.pivot(index="respondent_id", columns="item", values="answer")[codes].to_numpy()
    who = made.drop_duplicates("respondent_id")[["region_id", "stakeholder"]].to_numpy().tolist()
    texts = [str(instrument.items[code].text) for code in codes]
    labels = {point: text.of("de") for point, text in instrument.scale.items()}
    print(f"{runs:,} respondents, {len(codes)} items\n\n| what | CPU seconds |\n|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        lime, european, book = (Path(folder) / name for name in ("lime.csv", "eu.csv", "answers.xlsx"))
        rows = [["id. Response ID", "submitdate. Date submitted", "region. Region", "stakeholder. You answer as",
                 *[f"Q1[{c}]. How far is it true? [{t}]" for c, t in zip(codes, texts, strict=True)]]]  # fmt: skip
        rows += [
            [n, "", *each, *[f"A{x}" for x in given]] for n, (each, given) in enumerate(zip(who, table, strict=True))
        ]
        _write(lime, rows, ";")
        notes = [["Alias", "StressTest"], ["Export Date", "2026-01-01"], []]
        rows = [[*each, *[labels[x] for x in given], n] for n, (each, given) in enumerate(zip(who, table, strict=True))]
        _write(european, [*notes, ["Region", "Stakeholder type", *texts, "Contribution ID"], *rows], ",")
        workbook = Workbook(write_only=True)
        sheet = workbook.create_sheet()
        sheet.append(["respondent", "region", "stakeholder", *codes])
        for n, (each, given) in enumerate(zip(who, table.tolist(), strict=True)):
            sheet.append([n, *each, *given])
        workbook.save(book)
        for name, path in (
            ("LimeSurvey CSV", lime),
            ("EUSurvey CSV, German labels", european),
            ("Excel workbook", book),
        ):
            _timed(f"read {name}", lambda path=path: read_responses(path))
        frame = read_responses(lime).frame
    _timed("score", lambda: score(frame))
    _timed("gaps", lambda: gaps(frame))


def _write(path: Path, rows: list, delimiter: str) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)


def _timed(name: str, work: Callable[[], object]) -> None:
    start = time.process_time()
    work()
    print(f"| {name} | {time.process_time() - start:.2f} |", flush=True)
