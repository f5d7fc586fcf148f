"""A Word file becomes a draft with a to-do list: nothing of it is lost, and nothing in it does harm."""

import io
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from docx.document import Document as WordDocument

from scenarios import Reading, read_scenario
from tests.authoring.test_beginning_from_a_file import send
from tests.authoring.writing import text_in
from tests.browsing import Browser
from training.authoring import word_file, word_text
from training.authoring.word_draft import word_draft
from training.authoring.word_file import NoWordError, is_word, read_word

SKILLS = ("own-it", "redirect")


def saved(document: WordDocument) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def a_call() -> WordDocument:
    """As a trainer may have it in a drawer: headings, lists, a table, a picture, bold words, Word's signs."""
    document = Document()
    document.add_heading("The van that never came", 0)
    document.add_paragraph("It is half past ten. [The van] left at seven.")
    document.add_heading("At the desk", 1)
    line = document.add_paragraph("Rosa: ")
    line.add_run("Where").bold = True
    line.add_run(" is\u00a0it? It was \u201cpromised\u201d\tfor nine.")
    document.add_paragraph("Nine, and nothing there. What was in it?", style="List Bullet")
    document.add_paragraph("You asked about the thing itself.", style="List Bullet 2")
    document.add_paragraph("I only take the calls here.", style="List Bullet")
    document.add_paragraph("Ask them to role-play this twice.")
    document.add_heading("The depot", 1)
    table = document.add_table(rows=2, cols=2)
    for row, (name, said) in zip(
        table.rows, [("Rosa", "Food for two hundred."), ("Agent", "Then it goes first.")], strict=True
    ):
        row.cells[0].text, row.cells[1].text = name, said
    document.add_paragraph("Rosa: At ten, then.")
    return document


def drafted(document: WordDocument) -> tuple[str, Reading]:
    _title, text = word_draft(read_word(saved(document)), "a-file", SKILLS)
    return text, read_scenario(text)


def test_headings_are_scenes_and_lists_are_replies() -> None:
    text, reading = drafted(a_call())
    scenario = reading.scenario

    assert scenario is not None
    assert {one.code for one in reading.diagnostics} == {"P417"}
    assert scenario.title == "The van that never came"
    assert scenario.customer == "Rosa"
    assert [scene.title for scene in scenario.scenes[:2]] == ["At the desk", "The depot"]
    first, second = scenario.scenes[:2]
    assert first.lines[0].text == "**Where** is it? It was “promised” for nine."
    assert [one.text.strip('"') for one in first.choices] == [
        "Nine, and nothing there. What was in it?",
        "I only take the calls here.",
    ]
    assert first.choices[0].coaching[0].text == "You asked about the thing itself."
    assert [one.text for one in second.lines] == ["Food for two hundred."]
    assert second.choices[0].text == '"Then it goes first."'
    assert second.choices[0].reaction[0].text == "At ten, then."
    assert "\\[The van\\]" in text


def test_what_has_no_place_is_kept_and_on_the_list() -> None:
    text, reading = drafted(a_call())

    assert "“Ask them to role-play this twice.”" in text
    named = " ".join(one.message for one in reading.diagnostics)
    assert 'Something in "At the desk" is still to be written' in named


def test_a_script_without_headings_is_read_as_a_good_call() -> None:
    document = Document()
    for line in ("Rosa: Where is it?", "Sam: I look.", "Rosa: Well?", "Sam: On its way."):
        document.add_paragraph(line)
    _text, reading = drafted(document)

    assert reading.scenario is not None
    assert {one.code for one in reading.diagnostics} == {"P417"}
    assert len([scene for scene in reading.scenario.scenes if scene.choices]) == 2


def test_bold_and_italics_are_kept_where_markdown_sees_them() -> None:
    document = Document()
    document.add_heading("One", 1)
    line = document.add_paragraph()
    line.add_run("Very ").italic = True
    both = line.add_run(" late")
    both.bold = both.italic = True
    text, _reading = drafted(document)

    assert "*Very*  ***late***".replace("  ", " ") in text


@pytest.mark.parametrize(
    "lines", [[], ["# no heading", "> no quote", "- no item", "<script>", "](#x)", "*[a]: b", "**Note:** x"]]
)
def test_whatever_the_words_are_the_draft_reads(lines: list[str]) -> None:
    document = Document()
    document.add_heading("One <b> [x]", 1)
    for line in lines:
        document.add_paragraph(line)
    document.add_heading("One <b> [x]", 1)
    document.add_heading("…", 1)
    for line in lines:
        document.add_paragraph(line, style="List Number")
    _text, reading = drafted(document)

    assert {one.code for one in reading.diagnostics if one.severity == "error"} == {"P417"}


def parts(of: WordDocument, **changed: bytes) -> bytes:
    """The file with some of its parts changed: document="…" for word/document.xml."""
    written = io.BytesIO()
    with ZipFile(io.BytesIO(saved(of))) as old, ZipFile(written, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            key = part.filename.rpartition("/")[2].removesuffix(".xml")
            new.writestr(part.filename, changed.get(key, old.read(part)))
    return written.getvalue()


BOMB = """<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>&b;</w:body></w:document>"""


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (parts(a_call(), document=BOMB.encode()), "broken"),
        (parts(a_call(), document=BOMB.replace("\n", "", 1).encode("utf-16")), "broken"),
        (parts(a_call(), document=b"<w:document"), "broken"),
        (parts(a_call(), document=b""), "broken"),
        (parts(a_call(), styles=b" " * (word_file.MOST_PART + 1)), "big"),
        (saved(a_call())[:-40], "broken"),
        (b"PK\x03\x04word/document.xml", "broken"),
    ],
    ids=["entities", "utf-16", "no-xml", "empty", "big", "cut", "no-zip"],
)
def test_a_file_that_means_harm_is_refused(body: bytes, reason: str) -> None:
    assert is_word(body)
    with pytest.raises(NoWordError, match=reason):
        read_word(body)


def test_more_than_a_call_can_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_text, "MOST_BLOCKS", 3)
    with pytest.raises(NoWordError, match="big"):
        read_word(saved(a_call()))


def test_a_trainer_sends_it_and_gets_its_to_do_list(published: None, tova: Browser) -> None:
    reply = send(tova, "The van.docx", saved(a_call()))
    page = tova.get(reply.location)

    assert reply.status_code == 303
    assert "the-van-that-never-came.md" in page.text
    assert "stop publishing" in page.text
    assert "S2" not in [code[:2] for code in page.text.split("/studio/problems/")[1:]]
    assert "“promised”" in text_in(page)
    assert "cannot be read as a Word file" in send(tova, "x.docx", saved(a_call())[:-40]).text
