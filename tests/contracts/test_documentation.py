"""What the documentation promises exists, and what exists is documented."""

import re
from pathlib import Path

import click
from flask import Flask

from training.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parents[2]
_OTHERS = {"db", "routes", "run", "shell"}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_setting_is_documented_and_nothing_else() -> None:
    settings = {PREFIX + name.upper() for name in Settings.__dataclass_fields__}
    documented = set(re.findall(r"^\| `(TRAINING_[A-Z_]+)` \|", read("docs/settings.md"), re.MULTILINE))

    assert documented == settings


def commands_of(group: click.Group, prefix: str = "") -> list[tuple[str, click.Command]]:
    """Every command below a group, with its words."""
    found: list[tuple[str, click.Command]] = []
    for name, command in sorted(group.commands.items()):
        if not prefix and name in _OTHERS:
            continue
        if isinstance(command, click.Group):
            found += commands_of(command, f"{prefix}{name} ")
        else:
            found.append((f"{prefix}{name}", command))
    return found


def test_every_command_is_documented(app: Flask) -> None:
    text = read("docs/operating.md")

    missing = [words for words, _command in commands_of(app.cli) if f"`flask {words}" not in text]

    assert missing == []


def test_every_command_and_option_says_what_it_is_for(app: Flask) -> None:
    silent = []
    for words, command in commands_of(app.cli):
        if not (command.help or "").strip():
            silent.append(words)
        silent += [
            f"{words} {option.name}"
            for option in command.params
            if isinstance(option, click.Option) and not option.help
        ]

    assert silent == []


def test_the_readme_names_the_two_commands_and_every_file_it_links_to_exists() -> None:
    text = read("README.md")

    assert "make run" in text
    assert "make test" in text
    for name in ("README.md", *(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))):
        folder = (ROOT / name).parent
        prose = re.sub(r"^(`{3,})[\s\S]*?^\1|^ {4}.*$|`[^`\n]+`", "", read(name), flags=re.MULTILINE)
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", prose):
            assert (folder / target).exists(), f"{name} links to {target}"
