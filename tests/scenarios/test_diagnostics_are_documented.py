"""Every diagnostic has a page, and the page's two examples do what it says."""

from __future__ import annotations

import re

import pytest

from scenarios.codes import CODES
from tests.scenarios.pages import PAGES, examples


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert {path.stem for path in PAGES.glob("[A-Z]*.md")} - {"README"} == set(CODES)


def test_the_index_lists_every_code_with_its_title() -> None:
    index = (PAGES / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| \[(\w+)\]\(\1\.md\) \| (\w+) \| (.+) \|$", index, re.M)
    assert listed == [(code, severity, title) for code, (severity, title) in CODES.items()]


@pytest.mark.parametrize("code", CODES)
def test_the_bad_example_sets_it_off_and_the_mended_one_does_not(code: str) -> None:
    page = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    severity, title = CODES[code]
    assert page.startswith(f"# {code} · {title}\n\n*{severity.capitalize()}.* ")
    bad, said, mended = examples(page)
    found = [one for one in bad.diagnostics() if one.code == code]
    assert found, [str(one) for one in bad.diagnostics()]
    assert str(found[0]).removeprefix("call.md:").split(" ", 1)[1] == said
    left = [str(one) for one in mended.diagnostics() if one.code == code or one.severity == "error"]
    assert not left
