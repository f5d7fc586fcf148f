"""Files that somebody sends: one text or a zip of several, each read or refused in plain words."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from flask_babel import gettext as _

from training.authoring.rules import MOST_BYTES, is_too_long
from training.library.formats.shelf import FOLDERS, address_from
from training.library.models import Kind

MOST_UPLOADED = 8 * 1024 * 1024
MOST_UNPACKED = 8 * 1024 * 1024
MOST_ENTRIES = 1_000
MOST_FILES = 50
TEXTS = (".md", ".markdown", ".txt")
ZIP, ENTRY = b"PK\x03\x04", b"PK\x01\x02"
EMPTY_ZIP = b"PK\x05\x06"
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)
_TRACES = {"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"}
_PICTURES = {".png", ".jpg", ".jpeg", ".webp", ".gif"}


@dataclass(frozen=True)
class Arrived:
    """A text that can become a draft. `name` is the file's; `notes` say what was done to read it."""

    name: str
    kind: Kind
    slug: str
    text: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refused:
    """A file that became nothing, and why, in a sentence."""

    name: str
    why: str


def open_upload(name: str, body: bytes) -> list[Arrived | Refused]:
    """Everything that a file holds, in its order. Never raises, whatever was sent; nothing touches a disk."""
    if body.startswith((ZIP, EMPTY_ZIP)):
        return list(_unpacked(name, body))
    return [read_one(name, body)]


def read_one(name: str, body: bytes) -> Arrived | Refused:
    """One text file, told apart by its folder, or else by what stands in it."""
    if not name.lower().endswith(TEXTS):
        return Refused(name, _not_ours(name))
    path = PurePosixPath(name)
    slug = address_from(path.stem)
    if not slug:
        return Refused(name, _("Its name makes no address: use letters from a to z."))
    text, notes = decode(body)
    if text is None:
        return Refused(name, _("It holds no text, whatever it is called."))
    if len(body) > MOST_BYTES or is_too_long(text):
        size = max(len(body), len(text.encode())) // 1024 + 1
        return Refused(
            name, _("It has %(size)s KiB, and %(most)s is the most.", size=size, most=MOST_BYTES // 1024)
        )
    if not text.strip():
        return Refused(name, _("It is empty."))
    return Arrived(name, _kind_of(path, text), slug, text, notes)


def decode(body: bytes) -> tuple[str | None, tuple[str, ...]]:
    """The text in these bytes and how it was read; None where they are none. Line ends stay as they are."""
    notes = list[str]()
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = body.decode("utf-16", "replace")
        notes.append(_("It was UTF-16 text, and is read as such."))
    else:
        try:
            text = body.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = body.decode("cp1252", "replace")
            notes.append(_("It was not UTF-8; it was read as Windows text. Look at its accents and dashes."))
    unseen = len(_UNSEEN.findall(text))
    if unseen * 10 > len(text):
        return None, ()
    if unseen:
        text = _UNSEEN.sub("", text)
        notes.append(_("Characters that nobody can see (NUL and the like) were taken out."))
    return text, tuple(notes)


def _kind_of(path: PurePosixPath, text: str) -> Kind:
    """By the folder it lies in, as the importer does; by its fields where it lies in none of ours."""
    for folder in reversed(path.parts[:-1]):
        if folder.lower() in FOLDERS:
            return FOLDERS[folder.lower()]
    head = "\n".join(text.splitlines()[:60])
    if re.search(r"^(customer|you|meters)\s*:", head, re.MULTILINE):
        return Kind.SCENARIO
    if re.search(r"^teaser\s*:", head, re.MULTILINE) or re.search(r"^## Your call\s*$", text, re.MULTILINE):
        return Kind.LESSON
    if re.search(r"^\s{0,3}(\d+[.)]|[-*+])\s+\[[^\]]+\]\(\.\./(lessons|scenarios)/", text, re.MULTILINE):
        return Kind.MODULE
    is_skill = re.search(r"^summary\s*:", head, re.MULTILINE) and "](#" not in text
    return Kind.SKILL if is_skill else Kind.SCENARIO


def _unpacked(name: str, body: bytes) -> Iterator[Arrived | Refused]:
    if body.count(ENTRY) > MOST_ENTRIES:
        most = MOST_ENTRIES
        yield Refused(name, _("It holds more than %(most)s entries. Send fewer at a time.", most=most))
        return
    try:
        archive = zipfile.ZipFile(BytesIO(body))
    except (*_UNREADABLE, NotImplementedError):
        yield Refused(name, _("It is a broken zip, or its list of names cannot be read. Pack it again."))
        return
    with archive:
        entries = [one for one in archive.infolist() if not _is_trace(one)]
        if not entries:
            yield Refused(name, _("It is an empty zip."))
        yield from _each(archive, entries)


def _each(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Iterator[Arrived | Refused]:
    seen, left, taken = set[tuple[Kind, str]](), MOST_UNPACKED, 0
    for entry in entries:
        why = _refusal(entry)
        if not why and taken == MOST_FILES:
            why = _("%(most)s files at a time are the most. Send it with the next ones.", most=MOST_FILES)
        if not why and left <= 0:
            why = _("The files before it are too large together. Send it with the next ones.")
        if why:
            yield Refused(_shown(entry), why)
            continue
        read = _read_entry(archive, entry)
        if isinstance(read, Arrived):
            left -= len(read.text)
            if (read.kind, read.slug) in seen:
                read = Refused(read.name, _("Another file of this zip has the same address."))
            else:
                seen.add((read.kind, read.slug))
                taken += 1
        else:
            left -= min(entry.file_size, MOST_BYTES)
        yield read


def _refusal(entry: zipfile.ZipInfo) -> str:
    """Why an entry is not even opened; empty where it is."""
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or re.match("[A-Za-z]:", entry.filename):
        return str(_("Its place is outside of the zip."))
    if stat.S_ISLNK(entry.external_attr >> 16):
        return str(_("It is a link to another file, not a file."))
    if entry.flag_bits & 0x1:
        return str(_("It is locked with a password."))
    if entry.file_size > MOST_BYTES and path.suffix.lower() in TEXTS:
        size = entry.file_size // 1024 + 1
        return str(_("It has %(size)s KiB, and %(most)s is the most.", size=size, most=MOST_BYTES // 1024))
    return "" if path.suffix.lower() in TEXTS else _not_ours(entry.filename)


def _read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Arrived | Refused:
    try:
        with archive.open(entry) as opened:
            body = opened.read(MOST_BYTES + 1)  # no more, whatever its head says
    except (*_UNREADABLE, NotImplementedError):
        return Refused(_shown(entry), _("It is damaged, or packed in a way that cannot be read here."))
    return read_one(_shown(entry), body)


def _not_ours(name: str) -> str:
    ending = PurePosixPath(name).suffix.lower()
    if ending in (".zip", ".docx"):
        return str(_("It is packed inside of another file. Send it by itself."))
    if ending == ".doc":
        return str(_("It is an old Word file. Save it as .docx, and send that."))
    if ending in _PICTURES:
        return str(_("It is a picture. Pictures are sent on a page of their own."))
    return str(_("It does not end in .md."))


def _is_trace(entry: zipfile.ZipInfo) -> bool:
    """A folder, or what a system leaves behind: nobody meant to send it."""
    parts = PurePosixPath(entry.filename).parts
    return entry.is_dir() or any(part in _TRACES or part.startswith("._") for part in parts)


def _shown(entry: zipfile.ZipInfo) -> str:
    return _UNSEEN.sub("", entry.filename.replace("\\", "/"))[:200] or "?"
