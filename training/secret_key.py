"""The key that signs the form cookie: its owner's alone, never a default, replaceable."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from training.errors import SettingsError
from training.settings import Settings

MIN_LENGTH = 32


def secret_keys(settings: Settings) -> tuple[str, ...]:
    """The key that signs, then the one before it, which still opens what it signed.

    Each comes from its setting or from the instance folder, where the first start makes one. Raises
    SettingsError for a folder that cannot be written and for a key that is short or open to others.
    """
    if settings.secret_key:
        return tuple(key for key in (settings.secret_key, settings.secret_key_before) if key)
    path, before = _paths(settings)
    try:
        settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            with suppress(FileExistsError):  # two processes that start together agree on one key
                _write_new(path, new_key())
        return tuple(_checked(one) for one in (path, before) if one.exists())
    except OSError as problem:
        raise SettingsError(
            f"The folder {settings.instance} cannot be used ({problem.strerror})."
            " Make it writable for the person who runs the site, or set TRAINING_INSTANCE to another one."
        ) from problem


def rotate_key(settings: Settings, *, at_once: bool) -> None:
    """Sign with a new key from the next start on. The old one opens what it signed, unless `at_once`."""
    path, before = _paths(settings)
    if at_once:
        before.unlink(missing_ok=True)
    else:
        path.replace(before)
    path.unlink(missing_ok=True)
    _write_new(path, new_key())


def new_key() -> str:
    return secrets.token_urlsafe(48)


def _paths(settings: Settings) -> tuple[Path, Path]:
    return settings.instance / "secret_key", settings.instance / "secret_key.before"


def _write_new(path: Path, key: str) -> None:
    """The name appears once the key is whole on the disk. FileExistsError where it is taken."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(part)
    finally:
        part.unlink()


def _checked(path: Path) -> str:
    key = path.read_text(encoding="ascii").strip()
    if len(key) < MIN_LENGTH:
        raise SettingsError(
            f"The key in {path} is too short. Delete the file to have a new one made (open forms are lost)."
        )
    if path.stat().st_mode & 0o077:
        raise SettingsError(f"The key in {path} can be read by others. Run: chmod 600 {path}")
    return key
