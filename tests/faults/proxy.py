"""nginx with the configuration that `deploy/` ships, its addresses swapped for those of a test."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.self_signed import make_certificate

SHIPPED = Path(__file__).resolve().parents[2] / "deploy" / "nginx" / "zanshin.conf"
_AROUND = """
daemon off;
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/errors.log warn;
events {{ worker_connections 512; }}
http {{
    log_format told '$request_method $status "$upstream_status" $uri';
    access_log {folder}/requests.log told;
    client_body_temp_path {folder}/bodies;
    proxy_temp_path {folder}/answers;
    fastcgi_temp_path {folder}/unused-1;
    uwsgi_temp_path {folder}/unused-2;
    scgi_temp_path {folder}/unused-3;
    include {folder}/zanshin.conf;
}}
"""
_LINE = re.compile(r'(?P<method>\S+) (?P<status>\d+) "(?P<sites>[^"]*)" (?P<path>.*)')
_SAFE = {"GET", "HEAD"}


def program() -> str | None:
    """Where nginx is: on many machines only an administrator's PATH leads there."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def nginx() -> str:
    """The program; a run without it fails, so that nothing is skipped in silence."""
    found = program()
    if found is None:
        raise RuntimeError(
            "nginx is not installed: run `make proxy-ready`, or install “nginx-light” or “nginx”."
        )
    return found


@dataclass(frozen=True)
class Told:
    """What the proxy saw. `cut` are the forms that a site took and died over, and answers that broke off."""

    requests: int
    tried_again: int
    cut: list[str]


class Proxy:
    """Listens with https at `port`, in front of the sites at `ports`."""

    def __init__(self, folder: Path, port: int, ports: list[int]) -> None:
        self.folder = folder
        folder.mkdir()
        make_certificate(folder / "fullchain.pem", folder / "privkey.pem", called="127.0.0.1")
        (folder / "zanshin.conf").write_text(_swapped(folder, port, ports), encoding="utf-8")
        # Started by root, its workers would be nobody, who may not enter a test's folder.
        user = "user root;" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(_AROUND.format(folder=folder, user=user), encoding="utf-8")
        self.process: subprocess.Popen[bytes] | None = None

    def said_of_its_configuration(self) -> str:
        """What `nginx -t` has to say, warnings too; empty where it is content."""
        done = subprocess.run([*self._command(), "-t", "-q"], capture_output=True, text=True, check=False)
        return done.stderr + ("" if done.returncode == 0 else f"exit status {done.returncode}")

    def start(self) -> None:
        self.process = subprocess.Popen(self._command(), cwd=self.folder)

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(20)

    def told(self) -> Told:
        """Of every request until now."""
        found = [_LINE.fullmatch(line) for line in self._lines("requests.log")]
        requests = [one for one in found if one]
        cut = [one[0] for one in requests if int(one["status"]) >= 502 and one["method"] not in _SAFE]
        cut += [line for line in self._lines("errors.log") if "while reading upstream" in line]
        return Told(len(requests), sum("," in one["sites"] for one in requests), cut)

    def _lines(self, name: str) -> list[str]:
        return (self.folder / name).read_text(encoding="utf-8", errors="replace").splitlines()

    def _command(self) -> list[str]:
        return [nginx(), "-p", str(self.folder), "-c", "nginx.conf", "-e", str(self.folder / "errors.log")]


def _swapped(folder: Path, port: int, ports: list[int]) -> str:
    text = SHIPPED.read_text(encoding="utf-8")
    (server,) = re.findall(r"^    server 127\.0\.0\.1:8000 (.+);$", text, re.MULTILINE)
    sites = "\n".join(f"    server 127.0.0.1:{one} {server};" for one in ports)
    for shipped, swapped in (
        (r"^    server 127\.0\.0\.1:8000 .+;$", sites),
        (r"^    listen \[::\].*$", ""),
        (r"^    listen 80;$", f"    listen unix:{folder}/plain.socket;"),
        (r"^    listen 443 ", f"    listen 127.0.0.1:{port} "),
        (r"/etc/letsencrypt/live/training\.example\.org", str(folder)),
        (r"training\.example\.org", "127.0.0.1"),
        (r"\$host;", f"$host:{port};"),  # a browser leaves 443 out, and no other
    ):
        text, count = re.subn(shipped, swapped, text, flags=re.MULTILINE)
        assert count, f"{shipped} is not in {SHIPPED.name} any more"
    return text
