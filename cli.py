"""Run Synergy from a checkout: ``python cli.py run data/alpine --out out`` (not shipped)."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT), str(ROOT / "graphs")]

from synergy.commands import main  # noqa: E402

if __name__ == "__main__":
    main()
