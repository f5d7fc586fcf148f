"""docs/content.md names every code, and its examples do what it says."""

import re
from pathlib import Path

import pytest

from tests.library.texts import FILES
from tests.library_content import CONTENT, write_content
from training.library.formats.findings import CODES
from training.library.importing import survey

PAGE = (CONTENT.parent / "docs" / "content.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### (L\d+) · (.+)$", PAGE, re.MULTILINE))
EXAMPLES = re.findall(r"^### (L\d+) .*?\n(?:\n[^#\s].*\n)?\n    (.+)\n    (.+)\n", PAGE, re.MULTILINE)


def test_every_code_is_documented_under_its_title() -> None:
    assert {code: title for code, (_severity, title) in CODES.items()} == SECTIONS


def test_the_page_names_every_example_it_should() -> None:
    assert [code for code, _bad, _good in EXAMPLES] == [
        *("L701", "L702", "L703", "L704", "L708", "L709", "L710", "L711"),
    ]


@pytest.mark.parametrize(("code", "bad", "good"), EXAMPLES, ids=[code for code, *_ in EXAMPLES])
def test_the_bad_line_sets_it_off_and_the_mended_one_does_not(
    folder: Path, code: str, bad: str, good: str
) -> None:
    assert code in found_with(folder, bad, good)
    assert code not in found_with(folder, good, good)


def found_with(folder: Path, line: str, mended: str) -> list[str]:
    """Codes found in the good files with `line` in them: for the mended line, or as a line of its own."""
    files = dict(FILES)
    for name, text in files.items():
        if mended in text:
            files[name] = text.replace(mended, line)
            break
    else:
        name = "lessons/another.md"
        files[name] = FILES["lessons/seeing-it-coming.md"]
        place = "topics: [heat]" if line.startswith("related") else "The first is to"
        files[name] = files[name].replace(place, f"{line}\n{place}")
    return [one.code for one in survey(write_content(folder, files)).diagnostics]
