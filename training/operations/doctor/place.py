"""The computer under the site: its settings, folders, disks and the way in."""

from __future__ import annotations

import os
import shutil
import stat
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.utils import parseaddr
from pathlib import Path

from training.operations.doctor.finding import Finding, advice, well, wrong
from training.operations.in_use import sqlite_path
from training.settings import Settings

FEW_MB, LITTLE_MB = 200, 1000
REACH_SECONDS = 5


def look_at_settings(settings: Settings) -> Iterator[Finding]:
    """Each setting is right by itself, or the site had not started; what is unwise together is said here."""
    about = "settings"
    if settings.is_https and not settings.trusted_proxies:
        yield advice(
            about,
            "the address is https, and no proxy is trusted: every visitor will seem to come from the proxy.",
            "Set TRAINING_TRUSTED_PROXIES to the number of proxies in front, usually 1.",
        )
    if settings.trusted_proxies and settings.is_local:
        yield advice(
            about,
            "a proxy is trusted, and the base URL is this computer's own: anybody can choose their address.",
            "Set TRAINING_BASE_URL to the public address, or TRAINING_TRUSTED_PROXIES to 0.",
        )
    if settings.allow_plain_http:
        yield advice(
            about, "plain http: passwords cross the network in the clear.", "Put a proxy with https in front."
        )
    if settings.smtp_url and parseaddr(settings.mail_from)[1].endswith(".invalid"):
        yield wrong(
            about,
            f"mails say that they come from {settings.mail_from}, which cannot be: most are refused.",
            "Set TRAINING_MAIL_FROM to an address of yours.",
        )
    if settings.development and not settings.is_local:
        yield advice(about, "the page of parts is public.", "Unset TRAINING_DEVELOPMENT.")
    if settings.workers > 4 * (os.cpu_count() or 1):
        yield advice(
            about,
            f"{settings.workers} workers on {os.cpu_count()} cores only wait for each other.",
            "Unset TRAINING_WORKERS: one for each core measured best.",
        )
    yield well(about, f"{settings.base_url}, {'SQLite' if settings.is_sqlite else 'PostgreSQL'}.")


def look_at_folders(settings: Settings) -> Iterator[Finding]:
    """Nobody else on this computer can read people's data or the key."""
    about = "permissions"
    closed = [settings.instance, settings.instance / "secret_key", settings.backups]
    closed += [sqlite_path(settings)] if settings.is_sqlite else []
    # The folder closes what lies in it; what lies elsewhere has to be closed itself.
    open_to_others = [path for path in closed if path.exists() and _is_open(path, settings.instance)]
    for path in open_to_others:
        mode = "700" if path.is_dir() else "600"
        yield wrong(about, f"others on this computer can read {path}.", f"chmod {mode} {path}")
    shut = [
        one for one in (settings.instance, settings.backups) if one.exists() and not os.access(one, os.W_OK)
    ]
    for path in shut:
        yield wrong(
            about,
            f"this account cannot write to {path}.",
            "Run the site's commands as the account that runs the site, and let it write there.",
        )
    if not open_to_others and not shut:
        yield well(about, f"{settings.instance} is its owner's alone.")


def _is_open(path: Path, instance: Path) -> bool:
    mode = stat.S_IMODE(path.stat().st_mode)
    if path.name == "secret_key" or path == instance:
        return bool(mode & 0o077)
    inside = path.resolve().is_relative_to(instance.resolve())
    return bool(mode & 0o077) and (not inside or _is_open(instance, instance))


def look_at_disks(settings: Settings) -> Iterator[Finding]:
    folders = {settings.instance, settings.backups if settings.backups.is_dir() else settings.instance}
    if settings.is_sqlite:
        folders.add(sqlite_path(settings).parent)
    for folder in sorted(folder for folder in folders if folder.is_dir()):
        free = shutil.disk_usage(folder).free // 2**20
        said = f"{free} MB free in {folder}."
        if free < FEW_MB:
            yield wrong("disk", said, "Make room now: a full disk refuses answers (none is lost).")
        elif free < LITTLE_MB:
            yield advice("disk", said, "Make room soon; old backups can move elsewhere.")
        else:
            yield well("disk", said)


def look_at_the_way_in(settings: Settings) -> Iterator[Finding]:
    """Does the address that people use lead to the site, through all its proxies?"""
    address = f"{settings.base_url}/healthz"
    try:
        with urllib.request.urlopen(address, timeout=REACH_SECONDS) as reply:  # noqa: S310  # http or https: checked
            found = reply.read(64).decode("utf-8", "replace").strip()
    except (urllib.error.URLError, OSError, ValueError) as problem:
        reason = getattr(problem, "reason", problem)
        yield advice(
            "way in",
            f"{address} does not answer from here ({reason}).",
            "Is the site running, does the proxy pass requests on, is the certificate valid?",
        )
        return
    if found == "ok":
        yield well("way in", f"{address} answers.")
    else:
        yield wrong(
            "way in", f"{address} is answered by something else.", "Look at the proxy's configuration."
        )
