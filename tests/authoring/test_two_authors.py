"""Two people write one draft: the second is told who and when, and nothing is written over."""

import re
from html import unescape

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tests.authoring.conftest import Open
from tests.authoring.writing import rewrite, save, source_of, text_in, version_in
from tests.browsing import Browser
from training.authoring import collision_page
from training.authoring.merging import Region, compare_three, line_now, merged_text
from training.authoring.models import DraftSave
from training.database import db, transaction

SLUG = "redirect"


def test_the_second_is_told_who_saved_and_when(tova: Browser, ada: Browser, opened: Open) -> None:
    address = opened("skill", SLUG)
    text = text_in(ada.get(address))
    rewrite(tova, address, "title: ", "title: Hers ")

    reply = save(ada, address, text + "\nMine.\n", 1)

    assert reply.status_code == 409
    assert "Tova Lindgren saved this draft while you were writing" in unescape(reply.text)
    assert re.search(r"saved version 2 on \d+ \w+, \d\d:\d\d", reply.text)
    assert text_in(tova.get(address)).startswith("---\ntitle: Hers ")


def test_nobody_waits_while_the_texts_are_compared(
    tova: Browser, ada: Browser, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = opened("skill", SLUG)
    text = text_in(ada.get(address))
    rewrite(tova, address, "title: ", "title: Hers ")
    is_writing: list[bool] = []

    def compare(base: str, theirs: str, yours: str) -> tuple[Region, ...]:
        is_writing.append(db.session().info["writing"])
        return compare_three(base, theirs, yours)

    monkeypatch.setattr(collision_page, "compare_three", compare)
    save(ada, address, text + "\nMine.\n", 1)

    assert is_writing == [False]


def test_changes_to_different_lines_stand_together_to_be_saved(
    tova: Browser, ada: Browser, opened: Open
) -> None:
    address = opened("skill", SLUG)
    text = text_in(ada.get(address))
    rewrite(tova, address, "title: ", "title: Hers ")

    page = save(ada, address, text + "\nMine.\n", 1)
    save(ada, address, text_in(page), version_in(page))

    now = text_in(tova.get(address))
    assert now.startswith("---\ntitle: Hers ")
    assert now.endswith("\nMine.\n")
    assert "You changed different lines" in page.text


def test_where_the_common_save_was_thinned_out_the_one_before_it_is_compared(
    tova: Browser, ada: Browser, opened: Open
) -> None:
    address = opened("skill", SLUG)
    rewrite(tova, address, "title: ", "title: Hers ")
    text = text_in(ada.get(address))
    rewrite(tova, address, "An angry", "Any angry")
    with transaction() as session:
        session.execute(delete(DraftSave).where(DraftSave.number == 2))

    page = save(ada, address, text + "\nMine.\n", 2)

    both = text_in(page)
    assert "Any angry" in both
    assert both.endswith("\nMine.\n")


def test_a_clash_shows_three_texts_and_leaves_the_choice(tova: Browser, ada: Browser, opened: Open) -> None:
    address = opened("skill", SLUG)
    text = text_in(ada.get(address))
    rewrite(tova, address, "title: ", "title: Hers ")

    page = save(ada, address, text.replace("title: ", "title: Mine "), 1)

    assert "You both changed this, each another way" in page.text
    shown = [unescape(one) for one in re.findall(r"<pre><code>(.*?)</code></pre>", page.text, re.DOTALL)]
    assert [one.split()[1] for one in shown[:3]] == [source_of("skill", SLUG).split()[2], "Hers", "Mine"]


def test_every_text_of_a_collision_stays_among_the_saves(
    tova: Browser, ada: Browser, opened: Open, session: Session
) -> None:
    address = opened("skill", SLUG)
    rewrite(tova, address, "title: ", "title: Hers ")
    page = save(ada, address, "Mine\n", 1)
    save(ada, address, text_in(page), version_in(page))

    saved = session.scalars(select(DraftSave.text).order_by(DraftSave.number)).all()
    assert [text.split("\n")[0] for text in saved] == ["---", "---", "Mine"]


def test_three_columns_give_their_texts_back() -> None:
    base = "a\nb\nc\nd\n"
    theirs, yours = "a\nB\nc\nd\ne\n", "z\na\nb\nC\nd\n"

    regions = compare_three(base, theirs, yours)

    for column, text in (("base", base), ("theirs", theirs), ("yours", yours)):
        assert "".join(line for region in regions for line in getattr(region, column)) == text
    assert merged_text(compare_three(base, base, yours)) == yours
    assert merged_text(compare_three(base, theirs, base)) == theirs


def test_what_both_changed_alike_is_no_clash() -> None:
    regions = compare_three("a\nb\n", "a\nc\n", "a\nc\n")

    assert [region.who for region in regions] == ["nobody", "both"]


def test_changes_far_apart_are_both_taken() -> None:
    base = "one\ntwo\nthree\nfour\nfive\n"

    merged = merged_text(compare_three(base, base.replace("one", "1"), base.replace("five", "5")))

    assert merged == "1\ntwo\nthree\nfour\n5\n"


@pytest.mark.parametrize(
    ("new", "line", "there"),
    [
        ("a\nb\nc\n", 2, 2),
        ("new\na\nb\nc\n", 3, 4),
        ("a\nB\nc\n", 2, 2),
        ("a\nc\n", 2, 2),
        ("a\n", 3, 2),
        ("a\nb\nc\n", 99, 3),
        ("", 1, 1),
    ],
)
def test_a_line_is_found_again_in_a_text_that_changed_since(new: str, line: int, there: int) -> None:
    assert line_now("a\nb\nc\n", new, line) == there
