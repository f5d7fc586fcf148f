"""A name can hold anything; a spreadsheet must only show it."""

import csv

import pytest

from training.web.csv_cells import safe_cell, to_csv


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "  =1",
        "\u00a0=1",
        "＝1+1",
        "\n@a",
        "＋1",
        "－1",
        "＠a",
    ],
)
def test_a_cell_that_could_run_is_kept_as_text(cell: str) -> None:
    assert safe_cell(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "Ana", "Ana = Ben", "3 of 4", "O'Hara", "2026-11-21"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert safe_cell(cell) == cell


def test_quotes_commas_and_accents_survive() -> None:
    rows = [["Name", "Zoë, “the desk”"], ['say "hello"', "=HYPERLINK()"]]

    text = to_csv(rows).decode("utf-8-sig")

    assert list(csv.reader(text.splitlines())) == [rows[0], ['say "hello"', "'=HYPERLINK()"]]
