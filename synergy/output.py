"""Outputs appear whole or not at all, and nothing of the user's is overwritten or lost."""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import json
import os
import secrets
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from synergy.errors import OutputRefused

MANIFEST = "run.json"
STAGING = ".synergy-staging-"
PREVIOUS = ".synergy-previous-"


@contextlib.contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """Give an empty folder to fill; when the block ends well it takes the place of ``target`` in one step.

    ``target`` may be absent, empty, or the untouched result of an earlier run (its ``run.json`` lists every file
    with its SHA-256); a link is followed. Anything else is refused with the file's name, before any work is done
    and again before the change. Until that step the old result stays; a process that is killed leaves at most a
    hidden folder beside it, which the next run removes or, where the system cannot swap folders in one step, puts
    back.
    """
    target = _followed(target)
    refuse_foreign(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _recover(target)
        _remove_stale(target.parent)
        staging = _beside(target)
        staging.mkdir()
    except OSError as error:
        raise OutputRefused(f"cannot write beside {target}: {error.strerror or error}") from None
    try:
        yield staging
        refuse_foreign(target)
        _take_place(staging, target)
    except OSError as error:
        raise OutputRefused(f"cannot write {target}: {error.strerror or error}") from None
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def whole_file(target: Path, text: str, *, overwrite: bool = False) -> None:
    """Write a text file in one step (UTF-8, LF); an existing file is refused unless ``overwrite``; a link is followed.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     whole_file(Path(folder, "a.txt"), "one")
    ...     whole_file(Path(folder, "a.txt"), "two")
    Traceback (most recent call last):
        ...
    synergy.errors.OutputRefused: ...a.txt exists; choose another name, or say --overwrite
    """
    refuse_file(target, overwrite=overwrite)
    target = _followed(target)
    staging = _beside(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with staging.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        staging.replace(target)
    except OSError as error:
        raise OutputRefused(f"cannot write {target}: {error.strerror or error}") from None
    finally:
        with contextlib.suppress(OSError):
            staging.unlink(missing_ok=True)


def refuse_file(target: Path, *, overwrite: bool = False) -> None:
    """Raise OutputRefused when a file may not be written there; told before any work is done."""
    try:
        if target.is_dir():
            raise OutputRefused(f"{target} is a folder, expected a file name")
        if target.exists() and not overwrite:
            raise OutputRefused(f"{target} exists; choose another name, or say --overwrite")
        if target.exists() and not target.is_file():
            raise OutputRefused(f"{target} is a device or pipe, expected a file name")
    except OSError as error:
        raise OutputRefused(f"cannot write {target}: {error.strerror or error}") from None


def hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below a folder by its relative path, sorted; the manifest left out."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    names = [path.relative_to(folder).as_posix() for path in files]
    return {name: _digest(path) for name, path in zip(names, files, strict=True) if name != MANIFEST}


def refuse_foreign(target: Path) -> None:
    """Raise OutputRefused when the folder is the current one or holds what no earlier run left as it is."""
    try:
        folder = _followed(target)
        if not folder.exists():
            return
        if not folder.is_dir():
            raise OutputRefused(f"{target} is a file, expected a folder")
        if Path.cwd().resolve().is_relative_to(folder):
            raise OutputRefused(f"{target} is the folder you are in, and would be replaced; choose another --out")
        _refuse_contents(folder)
    except OSError as error:
        raise OutputRefused(f"cannot look into {target}: {error.strerror or error}") from None


def _refuse_contents(folder: Path) -> None:
    listed = _listed(folder / MANIFEST)
    ours = {parent.as_posix() for name in listed for parent in Path(name).parents} | {MANIFEST} if listed else set()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name in ours and (name == MANIFEST or not path.is_symlink()):
            continue
        if name not in listed or not path.is_file():
            raise OutputRefused(f"{folder} holds {name!r}, which no earlier run wrote; choose another --out")
        if _digest(path) != listed[name]:
            raise OutputRefused(f"{folder / name} was changed since it was written; move it or choose another --out")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _listed(manifest: Path) -> Mapping[str, str]:
    """Return what a manifest of ours lists; nothing when it is not there or not ours."""
    try:
        content = json.loads(manifest.read_text(encoding="utf-8"))
        outputs = content["outputs"] if "synergy" in content else {}
        return {str(name): str(digest) for name, digest in outputs.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _followed(target: Path) -> Path:
    try:
        return target.resolve()
    except (OSError, RuntimeError) as error:
        raise OutputRefused(f"cannot follow {target}: {error}") from None


def _beside(target: Path) -> Path:
    return target.parent / f"{STAGING}{os.getpid()}-{secrets.token_hex(4)}"


def _take_place(staging: Path, target: Path) -> None:
    if not target.exists():
        staging.rename(target)
    elif not any(target.iterdir()):
        target.rmdir()
        staging.rename(target)
    elif not _exchange(staging, target):
        _step_aside(staging, target)


def _step_aside(staging: Path, target: Path) -> None:
    """Put one folder in the place of another in two steps; what happens between them can be taken back."""
    old = _previous(target)
    target.rename(old)
    try:
        staging.rename(target)
    except BaseException:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _previous(target: Path) -> Path:
    return target.parent / f"{PREVIOUS}{target.name}"


def _recover(target: Path) -> None:
    """Undo a change that was killed between its two steps; after the second the old result is only in the way."""
    old = _previous(target)
    if not old.is_dir():
        return
    if target.exists():
        shutil.rmtree(old)
    else:
        old.rename(target)


def _exchange(staging: Path, target: Path) -> bool:
    """Swap two folders in one step where the system can (Linux renameat2, macOS renamex_np)."""
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        a, b = os.fsencode(staging), os.fsencode(target)
        if sys.platform == "darwin":
            return int(libc.renamex_np(a, b, 2)) == 0
        return int(libc.renameat2(-100, a, -100, b, 2)) == 0
    except (OSError, AttributeError, TypeError):
        return False


def _remove_stale(folder: Path) -> None:
    """Remove what processes that are gone have left."""
    for path in sorted(folder.glob(f"{STAGING}*-*")):
        owner = path.name.removeprefix(STAGING).partition("-")[0]
        if owner.isdigit() and not _alive(int(owner)):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
