"""The files in deploy/ are readable by what reads them, and name only what the site has."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from flask import Flask

from tests.faults.proxy import Proxy, program
from training.settings import PREFIX, Settings, read_settings

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("zanshin*"))
FLASK = "/opt/zanshin/.venv/bin/flask"


def compose() -> dict[str, Any]:
    found = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def ours() -> dict[str, dict[str, Any]]:
    """The services that run this image."""
    return {name: one for name, one in compose()["services"].items() if one.get("image") == "zanshin"}


def unit(path: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # the way its own manual shows
    parser.read(path)
    return parser


def is_a_command(app: Flask, words: list[str]) -> bool:
    found: click.Command | None = app.cli
    for word in (word for word in words if not word.startswith("--")):
        if not isinstance(found, click.Group):
            return False
        found = found.commands.get(word)
    return found is not None


def test_every_setting_that_is_named_exists() -> None:
    known = {PREFIX + name.upper() for name in Settings.__dataclass_fields__}
    for path in (path for path in DEPLOY.rglob("*") if path.is_file()):
        named = set(re.findall(r"TRAINING_[A-Z_]+", path.read_text(encoding="utf-8")))
        assert {name.removesuffix("_FILE") for name in named} <= known, path.name


def test_the_example_environment_is_one_that_the_site_starts_with() -> None:
    lines = (DEPLOY / "systemd" / "environment.example").read_text(encoding="utf-8").splitlines()
    environ = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))

    assert read_settings(environ).is_https


def test_every_command_of_the_services_exists(app: Flask) -> None:
    for name, service in ours().items():
        assert is_a_command(app, service["command"]), name
    for path in DEPLOY.glob("systemd/*.service"):
        words = unit(path)["Service"]["ExecStart"].removeprefix(f"{FLASK} --app app ").split()
        assert is_a_command(app, words), path.name


def test_every_container_of_ours_is_somebody_with_no_rights_on_a_read_only_disk() -> None:
    assert {"site-a", "site-b", "jobs"} <= set(ours())
    for name, service in ours().items():
        assert service["read_only"] is True, name
        assert service["user"] == "10001:10001", name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert "ports" not in service, f"{name}: only the proxy is reachable"


def test_secrets_are_files_and_never_words_in_the_file() -> None:
    for service in compose()["services"].values():
        for variable, value in service.get("environment", {}).items():
            if any(word in variable for word in ("PASSWORD", "SECRET", "DATABASE_URL")):
                assert variable.endswith("_FILE"), variable
                assert value.startswith("/run/secrets/")
                assert value.removeprefix("/run/secrets/") in service["secrets"]


def test_the_image_runs_as_nobody_and_copies_only_what_is_there() -> None:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    users = re.findall(r"^USER (.+)$", text, re.MULTILINE)
    copied = [words.split() for words in re.findall(r"^COPY (?!--from)(.+)$", text, re.MULTILINE)]

    assert users == ["10001:10001"]
    assert "--require-hashes" in text
    for *sources, _target in copied:
        for source in sources:
            assert (ROOT / source).exists(), source
    allowed = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert {f"!{source}" for *sources, _target in copied for source in sources} <= set(allowed)


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_is_whole(path: Path) -> None:
    found = unit(path)

    assert found["Unit"]["Description"]
    if path.suffix == ".service":
        assert found["Service"]["ExecStart"].startswith(FLASK)
        assert found["Service"]["User"] == "zanshin"
        assert found["Service"]["ProtectSystem"] == "strict"


def test_systemd_itself_finds_nothing_to_say(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not here: the units were only read, not verified")
    copies = []
    for path in UNITS:
        text = path.read_text(encoding="utf-8").replace(FLASK, "/bin/true")
        copies.append(tmp_path / path.name)
        copies[-1].write_text(text.replace("WorkingDirectory=/opt/zanshin", "WorkingDirectory=/"))

    done = subprocess.run(
        [program, "verify", "--man=no", *map(str, copies)], capture_output=True, text=True, check=False
    )

    said = [line for line in done.stderr.splitlines() if "zanshin" in line]
    assert said == []


def test_nginx_itself_finds_nothing_to_say(tmp_path: Path) -> None:
    if program() is None:
        pytest.skip("nginx is not here: its example was only read, not verified")

    assert Proxy(tmp_path / "proxy", 8443, [8000, 8001]).said_of_its_configuration() == ""


@pytest.mark.parametrize("name", ["nginx/zanshin.conf", "caddy/Caddyfile"])
def test_a_proxy_passes_on_what_the_site_needs(name: str) -> None:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    code = re.sub(r"#.*", "", text)

    assert code.count("{") == code.count("}")
    assert "X-Request-Id" in code
    assert ":8000" in code
    if name.startswith("nginx"):
        for header in ("Host", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host"):
            assert re.search(rf"proxy_set_header {header} \$\w+;", code), header
        assert "proxy_add_x_forwarded_for" not in code, "a visitor's own claim would be passed on"
