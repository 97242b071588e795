"""A real Chromium with the network cut, and a record of whatever a page tries."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright import sync_api

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = (1280, 800)


@dataclass
class Log:
    """What happened besides showing the page; all empty when it behaves."""

    requests: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not (self.requests or self.console or self.errors or self.dialogs)


OpenPage = Callable[..., tuple[sync_api.Page, Log]]


def find_chromium() -> str | None:
    named = os.environ.get("SYNERGY_CHROMIUM")
    return named or next((path for path in map(shutil.which, NAMES) if path), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[sync_api.Browser]:
    executable = find_chromium()
    if executable is None:
        reason = f"no Chromium found: none of {', '.join(NAMES)} is on PATH and SYNERGY_CHROMIUM is not set"
        if os.environ.get("SYNERGY_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: sync_api.Browser) -> Iterator[OpenPage]:
    """Open a file with the network cut: ``page, log = open_page(path)``; ``size=(390, 844)`` for a phone."""
    contexts = []

    def opener(path: Path, size: tuple[int, int] = DESKTOP) -> tuple[sync_api.Page, Log]:
        context = browser.new_context(
            offline=True, viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce"
        )
        contexts.append(context)
        page, log, address = context.new_page(), Log(), Path(path).resolve().as_uri()

        def on_request(request: sync_api.Request) -> None:
            if request.url != address and not request.url.startswith(("data:", "blob:")):
                log.requests.append(request.url)

        def on_dialog(dialog: sync_api.Dialog) -> None:
            log.dialogs.append(dialog.message)
            dialog.dismiss()

        page.on("request", on_request)
        page.on("dialog", on_dialog)
        page.on("pageerror", lambda error: log.errors.append(str(error)))
        page.on(
            "console",
            lambda message: log.console.append(message.text) if message.type in ("error", "warning") else None,
        )
        page.goto(address)
        return page, log

    yield opener
    for context in contexts:
        context.close()
