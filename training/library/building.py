"""Drafts → builds: every piece of Markdown rendered, in few child processes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from training.library.formats import Draft
from training.rendering import Piece, RenderingError, render

PIECES_A_BATCH = 3000


@dataclass(frozen=True)
class Built:
    """A draft with the body of its build; `failure` says why there is none."""

    draft: Draft
    body: str = ""
    failure: str = ""


def build_all(drafts: Sequence[Draft], progress: Callable[[int], None] = lambda _done: None) -> list[Built]:
    """Build every draft. One that cannot be rendered within the limits fails alone."""
    built: list[Built] = []
    for batch in _batches(drafts):
        built += _build(batch)
        progress(len(built))
    return built


def _batches(drafts: Sequence[Draft]) -> Iterator[list[Draft]]:
    batch, size = list[Draft](), 0
    for draft in drafts:
        batch.append(draft)
        size += len(draft.body.pieces())
        if size >= PIECES_A_BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _build(batch: Sequence[Draft]) -> list[Built]:
    pieces = list(dict.fromkeys(piece for draft in batch for piece in draft.body.pieces()))
    try:
        html = dict(zip(pieces, render(pieces), strict=True))
    except RenderingError as refused:
        return _build_rest(batch, pieces, refused)
    return [Built(draft, json.dumps(draft.body.build(html), ensure_ascii=False)) for draft in batch]


def _build_rest(batch: Sequence[Draft], pieces: Sequence[Piece], refused: RenderingError) -> list[Built]:
    """Leave out the drafts that spoilt the batch and build the others; where all seem to, each alone."""
    bad = {pieces[at] for at in refused.failed}
    spoilt = [draft for draft in batch if bad.intersection(draft.body.pieces())]
    if len(spoilt) == len(batch) > 1:
        return [built for draft in batch for built in _build([draft])]
    reason = _reason(pieces, refused)
    others = [draft for draft in batch if draft not in spoilt]
    return [*(_build(others) if others else []), *(Built(draft, failure=reason) for draft in spoilt)]


def _reason(pieces: Sequence[Piece], refused: RenderingError) -> str:
    at, why = next(iter(sorted(refused.failed.items())))
    words = " ".join(pieces[at].text.split())[:40]
    return f'The text that begins "{words}" cannot be rendered: {why}.'
