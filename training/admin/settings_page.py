"""What this installation decided, from which variable, with nothing secret in it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from urllib.parse import urlsplit

from training.settings import PREFIX, Settings

MASK = "••••••"


@dataclass(frozen=True)
class Setting:
    """One decision. `source` is the variable it was read from, "" if nobody set it; `is_secret`: masked."""

    variable: str
    value: str
    source: str
    is_secret: bool


def list_settings(settings: Settings, environ: Mapping[str, str]) -> tuple[Setting, ...]:
    """Every setting, in the order of the documentation's table of fields."""
    return tuple(_setting(field.name, field.repr, settings, environ) for field in fields(Settings))


def _setting(name: str, is_shown: bool, settings: Settings, environ: Mapping[str, str]) -> Setting:
    variable = PREFIX + name.upper()
    source = next((found for found in (variable, f"{variable}_FILE") if found in environ), "")
    return Setting(variable, _shown(getattr(settings, name), is_shown), source, not is_shown)


def _shown(value: object, is_shown: bool) -> str:
    if value in ("", None):
        return ""
    if not is_shown:
        return MASK
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _without_password(str(value))


def _without_password(text: str) -> str:
    """An address without the password in it; one that cannot be read is not shown at all."""
    if "://" not in text:
        return text
    try:
        parts = urlsplit(text)
        secret = parts.password
    except ValueError:
        return MASK
    if "?" in text or "#" in text:  # where drivers take passwords too
        text = text.split("?")[0].split("#")[0]
    return text.replace(f":{secret}@", f":{MASK}@") if secret else text
