"""The key that signs cookies: made once, readable by its owner alone, never a default."""

import os
import secrets
from pathlib import Path

from training.errors import SettingsError
from training.settings import Settings

MIN_LENGTH = 32


def secret_key(settings: Settings) -> str:
    """The key that was set, or the one in the instance folder, made there at the first start.

    Raises SettingsError for a folder that cannot be written and for a key that is short or open to others.
    """
    if settings.secret_key:
        return settings.secret_key
    path = settings.instance / "secret_key"
    try:
        settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make(path)
        return _checked(path)
    except OSError as problem:
        raise SettingsError(
            f"The folder {settings.instance} cannot be used ({problem.strerror})."
            " Make it writable for the person who runs the site, or set TRAINING_INSTANCE to another one."
        ) from problem


def _make(path: Path) -> None:
    """O_EXCL: two processes that start together agree on one key."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))


def _checked(path: Path) -> str:
    key = path.read_text(encoding="ascii").strip()
    if len(key) < MIN_LENGTH:
        raise SettingsError(
            f"The key in {path} is too short. Delete the file to have a new one made (signs all out)."
        )
    if path.stat().st_mode & 0o077:
        raise SettingsError(f"The key in {path} can be read by others. Run: chmod 600 {path}")
    return key
