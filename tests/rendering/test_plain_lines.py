"""Most lines of a call need no Markdown: the short cut gives exactly what the long way gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.rendering import Form, Piece, dialect

_TOKENS = st.sampled_from(
    [
        *" ,.;:?!'\"’“”‘()…—–%/-",
        "  ",
        "A",
        "1",
        "it's",
        "12.",
        "- ",
        "+ ",
        "* ",
        "#",
        "_x_",
        "&",
        "<b>",
        "\n",
        "`",
        "~",
        "|",
        "=",
        "!!! note",
    ]
)

RENDERER = dialect.Renderer()


@given(st.lists(_TOKENS, min_size=1, max_size=14).map("".join))
def test_the_short_cut_changes_nothing(text: str) -> None:
    for form in (Form.BLOCK, Form.INLINE):
        piece = Piece(text, form)
        short = dialect.plain_html(piece)
        if short is not None:
            assert short == RENDERER.html_of_markdown(piece)


@pytest.mark.parametrize("text", ["She waits.", "“You rented me *junk*!”", "- a list", "1. first", "a\nb"])
def test_what_the_short_cut_takes(text: str) -> None:
    assert (dialect.plain_html(Piece(text)) is not None) is (text == "She waits.")


def test_a_line_with_a_word_of_the_glossary_takes_the_long_way() -> None:
    assert dialect.plain_html(Piece("They fob off Ana.", glossary=(("fob off", "put off"),))) is None
    assert dialect.plain_html(Piece("Fob off nobody.", glossary=(("fob off", "put off"),))) is None
