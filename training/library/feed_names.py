"""Addresses and names in feeds, which are read where nobody knows this site."""

from __future__ import annotations

from urllib.parse import urlsplit

from training.library.public_pages import site_settings


def whole(address: str) -> str:
    """An address of ours with the site before it: the configured one, never a request's host."""
    return site_settings().base_url + address


def tag(day: str, name: str) -> str:
    """A name that stays when titles and addresses change (RFC 4151)."""
    return f"tag:{urlsplit(site_settings().base_url).hostname},{day}:{name}"
