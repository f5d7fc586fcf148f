"""Reading the environment: every problem at once, nothing taken on trust."""

from pathlib import Path

import pytest

from training.errors import SettingsError
from training.secret_key import secret_keys
from training.settings import Settings, read_settings


def test_an_empty_environment_makes_a_local_site_on_sqlite() -> None:
    settings = read_settings({})

    assert settings.is_sqlite
    assert settings.is_local
    assert not settings.is_https


def test_every_problem_is_named_at_once() -> None:
    with pytest.raises(SettingsError) as refusal:
        read_settings(
            {
                "TRAINING_TRUSTED_PROXIES": "many",
                "TRAINING_COLOUR": "blue",
                "TRAINING_TIME_ZONE": "Here",
                "TRAINING_BASE_URL": "here",
            }
        )

    for word in ("TRAINING_TRUSTED_PROXIES", "TRAINING_COLOUR", "TRAINING_TIME_ZONE", "TRAINING_BASE_URL"):
        assert word in refusal.value.message


def test_other_variables_are_nobody_s_business() -> None:
    assert read_settings({"PATH": "/bin", "HOME": "/root"}) == Settings()


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("k" * 40 + "\n")

    assert read_settings({"TRAINING_SECRET_KEY_FILE": str(path)}).secret_key == "k" * 40


def test_a_secret_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="nowhere"):
        read_settings({"TRAINING_SECRET_KEY_FILE": str(tmp_path / "nowhere")})


@pytest.mark.parametrize(
    ("variables", "word"),
    [
        ({"TRAINING_BASE_URL": "http://192.168.1.20:8000"}, "plain http"),
        ({"TRAINING_BASE_URL": "http://training.example.org", "TRAINING_ALLOW_PLAIN_HTTP": "yes"}, "public"),
        ({"TRAINING_BASE_URL": "training.example.org"}, "should look like"),
        ({"TRAINING_BASE_URL": "http://[::1"}, "should look like"),
        ({"TRAINING_BOUNCES_URL": "imap://ana:secret@mail.example.org"}, "imaps://"),
        ({"TRAINING_BOUNCES_URL": "imaps://ana@mail.example.org"}, "imaps://"),
        ({"TRAINING_BOUNCES_URL": "imaps://ana:secret@mail.example.org:x/INBOX"}, "imaps://"),
        ({"TRAINING_BOUNCES_URL": "imaps://ana:secret@mail.example.org/a%0D%0Ab"}, "imaps://"),
        ({"TRAINING_BASE_URL": "http://127.0.0.1:99999"}, "should look like"),
        ({"TRAINING_SECRET_KEY": "short"}, "shorter"),
        ({"TRAINING_BASE_URL": "https://a.example.org", "TRAINING_CHEAP_HASHES": "yes"}, "for tests"),
        ({"TRAINING_BIND": "everywhere"}, "TRAINING_BIND"),
        ({"TRAINING_PUBLIC_TIPS": "perhaps"}, "yes or no"),
        ({"TRAINING_PASSWORD_MIN_LENGTH": "3"}, "8 or more"),
    ],
)
def test_what_would_be_unsafe_is_refused(variables: dict[str, str], word: str) -> None:
    with pytest.raises(SettingsError, match=word):
        read_settings(variables)


def test_a_pilot_on_a_private_network_is_one_setting_away() -> None:
    settings = read_settings(
        {"TRAINING_BASE_URL": "http://192.168.1.20:8000", "TRAINING_ALLOW_PLAIN_HTTP": "yes"}
    )

    assert settings.host == "192.168.1.20"


def test_the_key_is_made_once_and_only_for_its_owner(tmp_path: Path) -> None:
    settings = Settings(instance=tmp_path / "instance")

    (key,) = secret_keys(settings)

    assert len(key) >= 32
    assert secret_keys(settings) == (key,)
    assert (tmp_path / "instance").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "instance" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    secret_keys(Settings(instance=tmp_path))
    (tmp_path / "secret_key").chmod(0o644)

    with pytest.raises(SettingsError, match="chmod 600"):
        secret_keys(Settings(instance=tmp_path))


def test_an_empty_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"
    path.touch(mode=0o600)

    with pytest.raises(SettingsError, match="too short"):
        secret_keys(Settings(instance=tmp_path))


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")

    with pytest.raises(SettingsError, match="cannot be used"):
        secret_keys(Settings(instance=blocked / "instance"))
