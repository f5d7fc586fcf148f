"""What authors write, and what a page then holds."""

from training.rendering import Form, Piece, render


def article(text: str, **more: object) -> str:
    (html,) = render([Piece(text, Form.ARTICLE, "lessons", **more)])  # type: ignore[arg-type]
    return html


def test_an_aside_stands_in_the_margin() -> None:
    assert article("> **Aside:** Recuse early.") == ('<aside class="aside">\n<p>Recuse early.</p>\n</aside>')


def test_a_pair_shows_what_lands_badly_beside_what_lands_well() -> None:
    html = article("> **Instead of:** Calm down.\n>\n> **Try:** What happened?")

    assert html.startswith('<figure class="pair">')
    assert '<blockquote class="is-weak"><p>Calm down.</p>\n<footer>Instead of</footer></blockquote>' in html
    assert '<blockquote class="is-strong"><p>What happened?</p>\n<footer>Try</footer></blockquote>' in html


def test_two_voices_are_set_as_a_dialogue() -> None:
    html = article("> **Karim:** An hour, with biscuits.\n>\n> **Ilse, in the door:** And then?")

    assert html.count('<p class="dialogue__line">') == 2
    assert '<span class="dialogue__who">Ilse, in the door:</span> And then?' in html


def test_an_ordinary_quote_stays_one() -> None:
    assert article("> Somebody said so.") == "<blockquote>\n<p>Somebody said so.</p>\n</blockquote>"


def test_a_table_scrolls_in_a_box_of_its_own_and_keeps_its_columns_aligned() -> None:
    html = article("| Who | How many |\n|---|---:|\n| One | 6 |")

    assert html.startswith('<div class="table-scroll"><table class="table">')
    assert '<th class="align-end" scope="col">How many</th>' in html
    assert "style=" not in html


def test_the_breathing_minute_is_one_block_with_its_steps() -> None:
    html = article("### The breathing minute\n\n1. In.\n2. Out.")

    assert html.startswith('<section class="breathing"><h3 id="c-the-breathing-minute">')
    assert html.rstrip().endswith("</section>")


def test_a_verse_keeps_its_lines() -> None:
    assert article("The year goes out  \nthe way a caller goes") == (
        "<p>The year goes out<br>\nthe way a caller goes</p>"
    )


def test_links_between_files_become_addresses_of_the_site() -> None:
    html = article(
        "[a](../scenarios/the-call.md) [b](other.md#your-call)"
        " [c](../modules/first-week.md) [d](../skills/triage.md)"
    )

    for address in (
        "/scenarios/the-call",
        "/tips/other#c-your-call",
        "/modules/first-week",
        "/skills/triage",
    ):
        assert f'href="{address}"' in html


def test_a_word_of_the_glossary_is_marked_at_its_first_mention_with_its_meaning() -> None:
    html = article("Fob off nobody. To *fob off* is easy.", glossary=(("fob off", "put off with an excuse"),))

    assert html.count("<dfn") == 1
    assert '<dfn class="term" tabindex="0">Fob off<span class="term__meaning"> (put off with' in html


def test_a_label_holds_phrasing_only() -> None:
    (html,) = render(
        [Piece("One *word*.\n\n- two [three](/tips)", Form.INLINE, "", (("word", "a meaning"),))]
    )

    assert html == "One <em>word</em>. two three"


def test_a_page_has_no_second_title() -> None:
    assert "<h1" not in article("# Title\n\n##### Small")


def test_ids_stand_only_in_articles() -> None:
    (html,) = render([Piece("## Here\n\n[^1]\n\n[^1]: note")])

    assert " id=" not in html


def test_raw_html_is_shown_and_not_obeyed() -> None:
    assert article("a <b>bold</b> claim") == "<p>a &lt;b&gt;bold&lt;/b&gt; claim</p>"


def test_nothing_to_render_starts_no_process() -> None:
    assert render([]) == []
