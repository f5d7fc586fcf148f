"""A new release may refuse the text of an old revision: whoever played it still gets every other page."""

from __future__ import annotations

from sqlalchemy import select, update

from tests.attempts.playing import Player
from training.attempts.models import Attempt
from training.database import db, transaction
from training.library.models import Revision


def test_pages_that_look_back_leave_it_out(ana: Player) -> None:
    older = ana.start()
    ana.says(older, 1, 2, 1)
    newer = ana.start()
    ana.says(newer, 1, 2, 1)
    with transaction() as session:
        item_id = session.scalars(select(Attempt.scenario_id).where(Attempt.public_id == older)).one()
        session.add(unbuilt := Revision(item_id=item_id, number=99, source="Old", content_hash="old"))
        session.flush()
        session.execute(
            update(Attempt).where(Attempt.public_id == older).values(revision_id=unbuilt.id),
            execution_options={"synchronize_session": False},
        )
    db.session.remove()

    for path in ("/", "/scenarios", "/skills", f"/attempts/{newer}/debrief"):
        assert ana.browser.get(path).status_code == 200, path
    assert ana.browser.get(f"/attempts/{older}").status_code == 503, "that one call cannot be shown"
