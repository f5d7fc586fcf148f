"""Where the server listens, and the sentence when it cannot."""

import socket

import pytest

from training.errors import SettingsError
from training.operations.binding import Binding, binding_for, check_free
from training.settings import Settings


@pytest.mark.parametrize(
    ("settings", "binding"),
    [
        (Settings(), Binding("127.0.0.1", 8000)),
        (Settings(base_url="http://127.0.0.1:8123"), Binding("127.0.0.1", 8123)),
        (Settings(base_url="http://192.168.1.20:8000", allow_plain_http=True), Binding("192.168.1.20", 8000)),
        (Settings(base_url="https://training.example.org"), Binding("127.0.0.1", 8000)),
        (Settings(base_url="https://training.example.org", bind="0.0.0.0:9000"), Binding("0.0.0.0", 9000)),  # noqa: S104
        (Settings(bind="[::1]:8000"), Binding("::1", 8000)),
    ],
)
def test_it_listens_where_the_settings_say(settings: Settings, binding: Binding) -> None:
    assert binding_for(settings) == binding


def test_a_port_in_use_is_a_sentence_with_the_way_out() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(SettingsError, match="PORT=8001 make run"):
            check_free(Binding("127.0.0.1", port))


def test_somebody_else_s_address_is_a_sentence() -> None:
    with pytest.raises(SettingsError, match="address of this computer"):
        check_free(Binding("192.0.2.1", 8000))
