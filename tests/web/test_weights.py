"""What a first visit weighs, and that every part has what it names."""

import gzip
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC, TEMPLATES = ROOT / "static", ROOT / "templates"


def _gzipped(folder: str) -> int:
    return len(gzip.compress(b"\n".join(path.read_bytes() for path in sorted((STATIC / folder).iterdir()))))


def test_the_stylesheet_is_at_most_15_kilobytes() -> None:
    assert _gzipped("css") <= 15_000


def test_all_script_together_is_at_most_10_kilobytes() -> None:
    assert _gzipped("js") <= 10_000


def test_the_type_is_at_most_200_kilobytes_italics_included() -> None:
    assert sum(path.stat().st_size for path in (STATIC / "fonts").glob("*.woff2")) <= 200_000


def test_everything_that_is_copied_in_brings_its_licence() -> None:
    assert (STATIC / "icons" / "LICENSE").is_file()
    assert len(list((STATIC / "fonts").glob("LICENSE-*.txt"))) == 3


def test_every_named_colour_size_and_speed_is_a_token() -> None:
    sheet = "\n".join(path.read_text(encoding="utf-8") for path in sorted((STATIC / "css").iterdir()))
    given = set(re.findall(r"(--[\w-]+)\s*:", sheet))
    used = set(re.findall(r"var\((--[\w-]+)(?=\))", sheet))

    assert used - given == set()


@pytest.mark.parametrize("template", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.stem)
def test_every_icon_that_a_page_names_is_there(template: Path) -> None:
    named = re.findall(r"icon\('([\w-]+)'", template.read_text(encoding="utf-8"))

    assert [name for name in named if not (STATIC / "icons" / f"{name}.svg").is_file()] == []


def test_every_shipped_call_has_a_face_of_its_own() -> None:
    scenarios = (ROOT / "content" / "scenarios").glob("*.md")
    portraits = [
        found[1]
        for path in scenarios
        if (found := re.search(r"^portrait: (\w+)$", path.read_text(encoding="utf-8"), re.MULTILINE))
    ]

    assert len(portraits) == len(set(portraits)) > 0
    assert all((TEMPLATES / "components" / "faces" / f"{who}.html").is_file() for who in portraits)


def test_no_icon_is_copied_in_that_nothing_shows() -> None:
    sources = [*TEMPLATES.rglob("*.html"), *(ROOT / "training").rglob("*.py"), *(STATIC / "css").iterdir()]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)

    named = set(re.findall(r"['\"/]([a-z0-9-]+)(?:['\"]|\.svg\))", text))

    assert {path.stem for path in (STATIC / "icons").glob("*.svg")} <= named


def test_every_face_is_there_as_a_picture_for_mail_too() -> None:
    """`python -m tests.browser.mail_faces` makes them."""
    drawn = {path.stem for path in (TEMPLATES / "components" / "faces").glob("*.html")}
    pictures = list((STATIC / "images" / "faces").glob("*.png"))

    assert {path.stem for path in pictures} == drawn
    assert all(path.stat().st_size < 10_000 for path in pictures)
