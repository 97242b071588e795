"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

StudyPath = Annotated[Path, typer.Argument(metavar="STUDY", help="Folder with study.toml and the tables as CSV.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else, on stdout.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but problems.")]
OutFolder = Annotated[Path | None, typer.Option("--out", "-o", help="Folder to write to.")]
OutFile = Annotated[Path | None, typer.Option("--out", "-o", help="File to write to.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace an existing file.")]
Top = Annotated[int, typer.Option("--top", min=1, help="How many rows to show.")]
