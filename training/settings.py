"""What an installation decides, read once from the environment. Documented in docs/settings.md."""

import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from training.errors import SettingsError

PREFIX = "TRAINING_"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_YES, _NO = {"1", "yes", "true", "on"}, {"0", "no", "false", "off", ""}


@dataclass(frozen=True)
class Settings:
    """Every decision of an installation. Field `x_y` is the variable TRAINING_X_Y."""

    instance: Path = Path("instance")
    database_url: str = ""
    base_url: str = "http://127.0.0.1:8000"
    bind: str = ""
    site_name: str = "Zanshin"
    time_zone: str = "Europe/London"
    trusted_proxies: int = 0
    allow_plain_http: bool = False
    development: bool = False
    public_tips: bool = True
    second_approval: bool = False
    shared_computer_ticked: bool = False
    password_min_length: int = 12
    quiet_days: str = "saturday, sunday"
    smtp_url: str = field(default="", repr=False)
    mail_from: str = "Zanshin <zanshin@localhost.invalid>"
    bounces_url: str = field(default="", repr=False)
    mails_per_minute: int = 0
    mails_per_domain: int = 0
    secret_key: str = field(default="", repr=False)
    secret_key_before: str = field(default="", repr=False)
    cheap_hashes: bool = False
    workers: int = 0
    backup_folder: str = ""
    erase_disabled_after_days: int = 0
    log_format: str = "text"
    metrics_token: str = field(default="", repr=False)

    @property
    def database(self) -> str:
        """The SQLAlchemy address: the one that was set, or the SQLite file of the instance folder."""
        return self.database_url or f"sqlite:///{self.instance.resolve() / 'zanshin.sqlite3'}"

    @property
    def backups(self) -> Path:
        """Where backups are kept."""
        return Path(self.backup_folder) if self.backup_folder else self.instance / "backups"

    @property
    def quiet(self) -> frozenset[int]:
        """The weekdays on which nobody is reminded of anything, Monday being 0."""
        return frozenset(WEEKDAYS.index(word) for word in _words(self.quiet_days))

    @property
    def is_sqlite(self) -> bool:
        return self.database.startswith("sqlite")

    @property
    def is_https(self) -> bool:
        return urlsplit(self.base_url).scheme == "https"

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or ""

    @property
    def is_local(self) -> bool:
        """True where only this computer can reach the site."""
        return is_loopback(self.host)


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def is_private(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host == "localhost" or host.endswith((".local", ".lan", ".internal", ".home.arpa"))


def read_settings(environ: Mapping[str, str]) -> Settings:
    """The settings in `environ`; raises SettingsError that names every problem at once."""
    problems: list[str] = []
    values: dict[str, object] = {}
    known = {PREFIX + name.upper(): name for name in Settings.__dataclass_fields__}
    for variable in sorted(name for name in environ if name.startswith(PREFIX)):
        name = known.get(variable.removesuffix("_FILE") if variable.endswith("_FILE") else variable)
        if name is None:
            problems.append(f"{variable} is not a setting. docs/settings.md lists them all.")
            continue
        try:
            values[name] = _value(name, _text(variable, environ))
        except (ValueError, OSError) as problem:
            problems.append(f"{variable}: {problem}")
    settings = Settings(**values)  # type: ignore[arg-type]  # each value was read by its own field's type
    problems += _disagreements(settings)
    if problems:
        raise SettingsError("The site cannot start with these settings:\n  - " + "\n  - ".join(problems))
    return settings


def _text(variable: str, environ: Mapping[str, str]) -> str:
    raw = environ[variable]
    if not variable.endswith("_FILE"):
        return raw.strip()
    try:
        return Path(raw).read_text(encoding="utf-8").strip()
    except OSError as problem:
        raise ValueError(f"the file {raw} cannot be read ({problem.strerror}).") from problem


def _value(name: str, text: str) -> object:
    default: object = getattr(Settings, name)
    kind = type(default)
    if kind is bool:
        return _yes_or_no(text)
    if kind is int:
        return _whole(text)
    if issubclass(kind, Path):
        return Path(text)
    return text.rstrip("/") if name == "base_url" else text


def _yes_or_no(text: str) -> bool:
    if text.lower() in _YES | _NO:
        return text.lower() in _YES
    raise ValueError(f"“{text}” should be yes or no.")


def _whole(text: str) -> int:
    if text.isascii() and text.isdigit():
        return int(text)
    raise ValueError(f"“{text}” should be a whole number, 0 or more.")


def _disagreements(settings: Settings) -> list[str]:
    """What each value alone does not show: values that cannot be had together."""
    problems = []
    if address := _address_problem(settings):
        problems.append(address)
        settings = replace(settings, base_url=Settings.base_url)  # the rules ask how far a sound one reaches
    return problems + [sentence for is_wrong, sentence in _RULES if is_wrong(settings)]


def _address_problem(settings: Settings) -> str:
    """What is wrong with the base URL, or nothing."""
    try:
        parts = urlsplit(settings.base_url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good:
        return "TRAINING_BASE_URL should look like https://training.example.org."
    if settings.is_https or settings.is_local:
        return ""
    if not settings.allow_plain_http:
        return (
            "TRAINING_BASE_URL is plain http: passwords would cross the network in the clear. Use https, or,"
            " for a pilot on a private network, set TRAINING_ALLOW_PLAIN_HTTP=yes as well."
        )
    if not is_private(settings.host):
        return "TRAINING_ALLOW_PLAIN_HTTP is for a private network; this address is public. Use https."
    return ""


def _is_no_zone(settings: Settings) -> bool:
    try:
        ZoneInfo(settings.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return True
    return False


def _words(text: str) -> set[str]:
    return {word.strip().lower() for word in text.split(",") if word.strip()}


def _leaves_no_day(settings: Settings) -> bool:
    return not _words(settings.quiet_days) < set(WEEKDAYS)


def _is_short(secret: str) -> bool:
    return 0 < len(secret) < 32


_RULES: tuple[tuple[Callable[[Settings], bool], str], ...] = (
    (
        lambda settings: bool(settings.bind) and not _is_host_and_port(settings.bind),
        "TRAINING_BIND should look like 0.0.0.0:8000.",
    ),
    (_is_no_zone, "TRAINING_TIME_ZONE is not a zone such as Europe/London."),
    (
        _leaves_no_day,
        "TRAINING_QUIET_DAYS should name days, as in “saturday, sunday”, and leave at least one.",
    ),
    (lambda settings: _is_short(settings.secret_key), "TRAINING_SECRET_KEY is shorter than 32 characters."),
    (
        lambda settings: _is_short(settings.secret_key_before),
        "TRAINING_SECRET_KEY_BEFORE is shorter than 32 characters.",
    ),
    (
        lambda settings: bool(settings.secret_key_before) and not settings.secret_key,
        "TRAINING_SECRET_KEY_BEFORE goes with TRAINING_SECRET_KEY: set that one too.",
    ),
    (
        lambda settings: _is_short(settings.metrics_token),
        "TRAINING_METRICS_TOKEN is shorter than 32 characters.",
    ),
    (
        lambda settings: settings.log_format not in ("text", "json"),
        "TRAINING_LOG_FORMAT should be text or json.",
    ),
    (
        lambda settings: bool(settings.bounces_url) and not _is_mailbox(settings.bounces_url),
        "TRAINING_BOUNCES_URL should look like imaps://user:password@imap.example.org/INBOX.",
    ),
    (
        lambda settings: settings.cheap_hashes and not settings.is_local,
        "TRAINING_CHEAP_HASHES is for tests on this computer; unset it.",
    ),
    (
        lambda settings: settings.password_min_length < 8,
        "TRAINING_PASSWORD_MIN_LENGTH should be 8 or more.",
    ),
)


def _is_host_and_port(text: str) -> bool:
    host, _, port = text.rpartition(":")
    return bool(host) and port.isascii() and port.isdigit() and 0 < int(port) < 65536


def _is_mailbox(url: str) -> bool:
    """An address of a mailbox: encrypted from the first byte, with a name and a password."""
    try:
        parts = urlsplit(url)
        has_all = all((parts.hostname, parts.username, parts.password)) and parts.port != 0
    except ValueError:
        return False
    folder = unquote(parts.path)
    return parts.scheme == "imaps" and has_all and folder.isascii() and folder.isprintable()
