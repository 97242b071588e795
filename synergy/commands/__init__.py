"""The ``synergy`` command: a thin twin of the library. The only place that knows typer and rich."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import sys
from collections.abc import Sequence

DONE, PROBLEMS, USAGE, FAULT, INTERRUPTED = 0, 1, 2, 70, 130


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 the data has problems, 2 wrong usage, 130 interrupted.

    A person never sees a traceback: what Synergy raises on purpose is its message, and a fault of Synergy itself
    is one line and exit code 70 (``SYNERGY_TRACEBACK=1`` shows the rest).
    """
    sys.exit(_run(sys.argv[1:] if arguments is None else list(arguments)))


def _run(arguments: list[str]) -> int:
    _prepare_streams()
    import typer
    from typer.exceptions import TyperException

    from synergy.commands.app import app

    try:
        code = app(args=arguments, prog_name="synergy", standalone_mode=False)
        sys.stdout.flush()
        return _interrupted() if code == INTERRUPTED else int(code or DONE)
    except typer.Exit as stop:
        return int(stop.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        return _interrupted()
    except TyperException as error:
        error.show()  # type: ignore[attr-defined]
        return USAGE
    except (BrokenPipeError, SystemExit):
        # The reader of our output went away (`synergy pairs … | head`): that is no failure. Typer and rich exit on it.
        _drop_stdout()
        return DONE
    except MemoryError:
        _say("there is not enough memory for this study; nothing was written")
        return PROBLEMS
    except Exception as error:
        return _told(error)


def _interrupted() -> int:
    _say("interrupted; nothing was written")
    return INTERRUPTED


def _told(error: Exception) -> int:
    # Here and not above: the tree of errors has its root in the engine, which is too heavy for `synergy --help`.
    from synergy.errors import SynergyError, UsageError

    if isinstance(error, SynergyError):
        _say(str(error))
        return USAGE if isinstance(error, UsageError) else PROBLEMS
    if os.environ.get("SYNERGY_TRACEBACK"):
        raise error
    if isinstance(error, OSError):
        place = f" {error.filename}" if error.filename else ""
        _say(f"cannot read or write{place}: {error.strerror or error}")
        _drop_stdout()
        return PROBLEMS
    _say(f"this is a fault of Synergy, not of your data: {type(error).__name__}: {error}")
    _say("nothing was written; please report it with what `synergy doctor` prints")
    return FAULT


def _prepare_streams() -> None:
    """Let a name that the terminal cannot show be escaped, and keep the chatter of libraries off stderr."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    logging.getLogger("matplotlib").setLevel(logging.ERROR)


def _drop_stdout() -> None:
    """Send what is still in the buffer nowhere, so that the interpreter does not fail on it when it ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(text: str) -> None:
    print(f"synergy: {text}", file=sys.stderr)
