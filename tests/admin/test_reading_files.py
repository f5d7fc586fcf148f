"""A file of people as any program may have written it, and every mistake in it by its row."""

import pytest
from flask import Flask

from training.admin.headings import Column
from training.admin.importing import ReadFile, read_file
from training.admin.table import MAX_ROWS, UnreadableError, read_table

TEXT = "Name;E-Mail-Address;Staff No.;Team\r\nZoë Åberg;zoe@example.invalid;D 1;Früh\r\n"
pytestmark = pytest.mark.usefixtures("app")


def problems(text: str) -> list[tuple[int, str]]:
    found: ReadFile = read_file(text.encode())
    return [(one.row, one.words) for one in found.gathering.problems]


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_any_encoding_that_people_send_is_read(codec: str, encoding: str) -> None:
    table = read_table(TEXT.encode(codec))

    assert (table.encoding, table.separator) == (encoding, ";")
    assert table.rows[0][Column.NAME] == "Zoë Åberg"
    assert table.rows[0][Column.TEAM] == "Früh"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_separator_and_line_end_is_read(separator: str, end: str) -> None:
    lines = [separator.join(cells) for cells in (("name", "mail", "extra"), ("A B", "a@example.org", "x"))]
    table = read_table(end.join([*lines, ""]).encode())

    assert [row.number for row in table.rows] == [2]
    assert table.rows[0][Column.EMAIL] == "a@example.org"
    assert table.ignored == ("extra",)


def test_a_spreadsheet_s_own_line_about_separators_is_passed_over() -> None:
    table = read_table(b"sep=;\nname;e-mail\nA B;a@example.org\n")

    assert [(row.number, row[Column.NAME]) for row in table.rows] == [(3, "A B")]


def test_rows_are_counted_as_a_spreadsheet_shows_them() -> None:
    table = read_table(b'name,e-mail\n"A\nB",a@example.org\n\n,,\nC D,c@example.org\n')

    assert [row.number for row in table.rows] == [2, 5]


def test_first_and_last_names_are_put_together() -> None:
    found = read_file(b"First name,Surname,Mail\nInes,Roth,i@example.org\n")

    assert found.gathering.people[0].name == "Ines Roth"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "The file is empty."),
        (b"\n\n", "The file is empty."),
        (b"Ana,ana@example.org\n", "The first row should name the columns"),
        (b"e-mail\na@example.org\n", "The first row should name the columns"),
        (b"name,team\nA,B\n", "The first row should name the columns"),
        (b"name,mail,e-mail\n", "Two columns say the same"),
        (b'name,e-mail\n"A,a@example.org\n', "the quotation marks do not match"),
        (b'name,e-mail\n"A"x,a@example.org\n', "the quotation marks do not match"),
        (b"PK\x03\x04" + b"x" * 50, "This is a spreadsheet, not CSV."),
        (b"\x81\x8d\xff", "This is not text"),
        (b"\xff\xfea\x00b", "This is not text"),
        (b"name,e-mail\n" + b"A,a@example.org\n" * (MAX_ROWS + 1), "more than 50,000 rows"),
        (b"name,e-mail\n" + b"A" * 200_000, "the quotation marks do not match"),
    ],
)
def test_a_file_that_makes_no_sense_says_why(body: bytes, words: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read_table(body)

    assert words in refused.value.message


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("A,nobody,,,", "“nobody” is not an e-mail address."),
        ('A,"a@example.org, b@example.org",,,', "There is more than one e-mail address. Keep one."),
        ("A,a@example.org;b@example.org,,,", "There is more than one e-mail address. Keep one."),
        ("A\x00B,a@example.org,,,", "The name holds characters that cannot be seen."),
        ("A\u202eB,a@example.org,,,", "The name holds characters that cannot be seen."),
        ("A,a\x00@example.org,,,", "The e-mail address holds characters"),
        ("=1+1,a@example.org,,,", "The name begins like a formula"),
        ("'=1+1,a@example.org,,,", "The name begins like a formula"),
        ("A,a@example.org,,+T,", "The team begins like a formula"),
        ("A" * 121 + ",a@example.org,,,", "The name is longer than 120 characters."),
        ("A," + "a" * 250 + "@example.org,,,", "The e-mail address is longer than 254 characters."),
        ("A,a@example.org,," + "T" * 81 + ",", "The team is longer than 80 characters."),
        ("A,,no number!,,", "“no number!” is not a staff number"),
        ("A,,,,", "There is neither an e-mail address nor a staff number."),
        ("A,a@example.org,,T,boss", "“boss” is not a role. Write learner, lead or trainer."),
        ("A,a@example.org,,,lead", "There is a role but no team to have it in."),
    ],
)
def test_each_mistake_is_told_by_its_row(row: str, words: str) -> None:
    found = problems(f"name,e-mail,staff no,team,role\nFine,fine@example.org,,,\n{row}\n")

    assert [number for number, _words in found] == [3]
    assert words in found[0][1]


@pytest.mark.parametrize(
    ("rows", "number", "words"),
    [
        ("A,a@example.org,,\nA,A@example.org,,\n", 3, "The same person is in row 2."),
        ("A,a@example.org,,T\nA,a@example.org,,t\n", 3, "The same person is in row 2."),
        ("A,a@example.org,,T\nB,a@example.org,,U\n", 3, "Row 2 gives the same person another name."),
        ("A,,1,T\nA,b@example.org,1,U\nA,c@example.org,1,V\n", 4, "another e-mail address"),
        ("A,a@example.org,,\nB,,1,\nC,a@example.org,1,T\n", 4, "in row 2, the staff number in row 3."),
    ],
)
def test_rows_that_cannot_be_together_are_told(rows: str, number: int, words: str) -> None:
    found = problems(f"name,e-mail,staff no,team\n{rows}")

    assert [row for row, _words in found] == [number]
    assert words in found[0][1]


def test_somebody_in_two_teams_has_two_rows() -> None:
    found = read_file(b"name,e-mail,team,role\nA,a@example.org,T,lead\n,a@example.org,U,\n")

    assert found.gathering.problems == []
    assert list(found.gathering.people[0].places) == ["t", "u"]


def test_every_mistake_of_a_row_is_told_at_once(app: Flask) -> None:
    found = problems("name,e-mail,staff no,team,role\n=A,nobody,!,@T,boss\n")

    assert [row for row, _words in found] == [2] * 5
