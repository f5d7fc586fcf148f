"""Where a link in a content file leads: to a file beside it, to a page of ours, or out."""

from __future__ import annotations

import re
from dataclasses import dataclass

# content/<folder>/x.md is the page <address>x.
ADDRESSES = {
    "skills": "/skills/",
    "lessons": "/tips/",
    "scenarios": "/scenarios/",
    "modules": "/modules/",
}
ANCHOR = "c-"
_FILE = re.compile(r"(?:\./)*(?:\.\./([a-z]+)/)?([\w-]+)\.md(?:#([\w-]*))?")
_OUT = re.compile(r"(?:https://[^\s\\]+|mailto:[^\s\\<>]+)", re.IGNORECASE)
_HERE = re.compile(r"/(?![/\\])[^\s\\:]*|#[\w:.-]+")


@dataclass(frozen=True)
class Target:
    """A content file that a link names: its folder below content/, its slug, the part of its page."""

    folder: str
    slug: str
    part: str = ""


def read_target(href: str, folder: str) -> Target | None:
    """The content file that `href` names, read from a file in `folder`; None where it names no such file."""
    found = _FILE.fullmatch(href.strip())
    if found is None:
        return None
    return Target(found[1] or folder, found[2], found[3] or "")


def site_address(href: str, folder: str) -> str | None:
    """The address that a link leads to on the site, or None where it may lead nowhere.

    Allowed: content files, https and mailto addresses, paths and parts of our own pages. Never an address
    that begins with two slashes, in any spelling: browsers read it as another site.
    """
    href = href.strip()
    target = read_target(href, folder)
    if target is not None:
        if target.folder not in ADDRESSES:
            return None
        part = f"#{ANCHOR}{target.part}" if target.part else ""
        return ADDRESSES[target.folder] + target.slug + part
    if any(ord(character) <= 32 or ord(character) == 127 for character in href):
        return None
    return href if _OUT.fullmatch(href) or _HERE.fullmatch(href) else None
