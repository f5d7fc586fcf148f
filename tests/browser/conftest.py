"""A real server, a real Chromium: pages opened by keyboard, without script, on a phone."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python import base as axe_package
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = (Path(axe_package.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1360, "height": 860}
NARROW = {"width": 320, "height": 640}


def chromium_path() -> str:
    """The Chromium of this machine; a test without one fails, so that nothing is skipped in silence."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise RuntimeError("Chromium is not installed: run `make test`, or install the package “chromium”.")


@dataclass(frozen=True)
class Site:
    """A running site with the demo people in it."""

    url: str
    instance: Path
    environ: dict[str, str]

    def flask(self, *arguments: str) -> str:
        """Run a command of the site and return what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "app", *arguments],
            cwd=ROOT,
            env=self.environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def site_environ(folder: Path, port: int) -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("TRAINING_")}
    return {
        **plain,
        "TRAINING_INSTANCE": str(folder),
        "TRAINING_BASE_URL": f"http://127.0.0.1:{port}",
        "TRAINING_DEVELOPMENT": "yes",
        "TRAINING_CHEAP_HASHES": "yes",
        "TRAINING_WORKERS": "1",
    }


def wait_until_ready(url: str, seconds: float = 60) -> None:
    """Until `/readyz` says so; the site's own start is part of what is tested."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=2) as reply:  # noqa: S310  # our own server
                if reply.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"{url} was not ready after {seconds} s")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """`flask serve --demo`, as `make run` starts it, in an empty folder."""
    folder = tmp_path_factory.mktemp("site") / "instance"
    port = free_port()
    environ = site_environ(folder, port)
    command = [sys.executable, "-m", "flask", "--app", "app", "serve", "--demo"]
    log = folder.parent / "server.log"
    with log.open("w") as output:
        server = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=output, stderr=subprocess.STDOUT)
        try:
            wait_until_ready(f"http://127.0.0.1:{port}")
            yield Site(f"http://127.0.0.1:{port}", folder, environ)
        finally:
            server.terminate()
            server.wait(20)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
    yield browser
    browser.close()


NewPage = Callable[..., Page]


@pytest.fixture
def new_page(chromium: Browser, site: Site) -> Iterator[NewPage]:
    """A function that opens a fresh browser context; keyword arguments go to Playwright's `new_context`."""
    contexts: list[BrowserContext] = []

    def make(**options: object) -> Page:
        settings: dict[str, object] = {"viewport": DESKTOP, "base_url": site.url, **options}
        context = chromium.new_context(**settings)  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"a script failed: {error}"))
        return page

    yield make
    for context in contexts:
        context.close()


def sign_in_by_link(page: Page, site: Site, role: str) -> Page:
    """Sign in as one of the demo people by their one-time link: the page with one button, then the button."""
    page.goto(demo_link(site, role))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{site.url}/")
    return page


def demo_link(site: Site, role: str) -> str:
    """A fresh one-time sign-in link of the demo person in that role, as `make run` prints it."""
    for line in site.flask("demo", "links").splitlines():
        words = line.split()
        if role in line.lower() and any(word.startswith("http") for word in words):
            return next(word for word in words if word.startswith("http"))
    raise LookupError(f"no link for the {role}")


def axe_findings(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands, one line a finding."""
    page.evaluate(AXE)
    found = page.evaluate("async () => (await axe.run()).violations")
    return [
        f"{item['id']}: {item['help']} → " + "; ".join(node["html"][:120] for node in item["nodes"][:3])
        for item in found
    ]
