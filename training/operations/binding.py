"""Where the server listens, and whether it may."""

import errno
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from training.errors import SettingsError
from training.settings import Settings, is_loopback

DEFAULT_PORT = 8000


@dataclass(frozen=True)
class Binding:
    """A host and a port to listen at."""

    host: str
    port: int

    @property
    def is_loopback(self) -> bool:
        return is_loopback(self.host)


def binding_for(settings: Settings) -> Binding:
    """Where TRAINING_BIND says; else where TRAINING_BASE_URL says.

    Under an https address a proxy stands in front and speaks to this computer, so the site listens there.
    """
    if settings.bind:
        host, _, port = settings.bind.rpartition(":")
        return Binding(host.strip("[]") or "127.0.0.1", int(port))
    parts = urlsplit(settings.base_url)
    if settings.is_https:
        return Binding("127.0.0.1", DEFAULT_PORT)
    return Binding(parts.hostname or "127.0.0.1", parts.port or 80)


def check_free(binding: Binding) -> None:
    """Raise SettingsError with a plain sentence when nothing can listen there."""
    family = socket.AF_INET6 if ":" in binding.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((binding.host, binding.port))
        except OSError as problem:
            raise SettingsError(_why_not(binding, problem)) from problem


def _why_not(binding: Binding, problem: OSError) -> str:
    where = f"{binding.host}:{binding.port}"
    if problem.errno == errno.EADDRINUSE:
        return (
            f"Something is listening at {where} already, perhaps this site in another window."
            " Stop it, or choose another port: PORT=8001 make run"
        )
    if problem.errno == errno.EACCES:
        return f"This account may not listen at {where}. Choose a port above 1023 in TRAINING_BASE_URL."
    return f"The site cannot listen at {where} ({problem.strerror}). Is that an address of this computer?"
