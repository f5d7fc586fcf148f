"""Files in and out of the tools; what cannot be read is one clear line and exit code 2."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

from scenarios.names import Catalogue, load_catalogue
from scenarios.source import MOST_BYTES


class InputError(Exception):
    """A file that cannot be read or written at all. Its text is the one line to print."""


def read_input(path: str) -> str:
    """The text of a file, or of standard input for `-`; InputError in plain words."""
    source = sys.stdin.buffer.read(MOST_BYTES + 1) if path == "-" else read_bytes(path)
    if len(source) > MOST_BYTES:
        raise InputError(f"{shown(path)}: the file is larger than {MOST_BYTES // 1024} KiB.")
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise InputError(f"{shown(path)}:{line}: not UTF-8 text. Save the file again as UTF-8.") from None


def read_bytes(path: str) -> bytes:
    try:
        found = Path(path).stat()
        if stat.S_ISDIR(found.st_mode):
            raise InputError(f"{path}: this is a directory; name the files in it.")
        if not stat.S_ISREG(found.st_mode):
            raise InputError(f"{path}: this is not an ordinary file.")
        if found.st_size > MOST_BYTES:
            raise InputError(f"{path}: the file is larger than {MOST_BYTES // 1024} KiB.")
        return Path(path).read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name cannot be used"
        raise InputError(f"{path}: the file cannot be read ({reason.lower()}).") from None


def write_output(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        reason = (error.strerror or "no reason given").lower()
        raise InputError(f"{path}: the file cannot be written ({reason}).") from None


def shown(path: str) -> str:
    return "<standard input>" if path == "-" else path


def catalogue_for(path: str, content: str | None) -> Catalogue | None:
    """The catalogue of `--content`, or of the nearest folder `content` above the file, or none."""
    if content is not None:
        if not Path(content).is_dir():
            raise InputError(f"{content}: there is no such folder.")
        return load_catalogue(Path(content))
    if path == "-":
        return None
    for folder in Path(path).absolute().parents:
        if folder.name == "content" and (folder / "skills").is_dir():
            return load_catalogue(folder)
    return None
