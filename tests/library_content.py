"""A published library for tests: the repository's own content, or files that a test writes."""

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from textwrap import dedent

from tests.databases import copy_postgres, settings_for
from training import create_app
from training.clock import now
from training.database import db, transaction
from training.library.importing import Summary, Survey, import_content, survey
from training.library.service import list_live

CONTENT = Path(__file__).resolve().parent.parent / "content"


def import_folder(content: Path) -> tuple[Survey, Summary]:
    """What `flask content import` does, inside an application context."""
    live = list_live(db.session())
    db.session.remove()
    found = survey(content, live)
    with transaction() as session:
        done = import_content(session, content, found, now())
    return found, done


def write_content(folder: Path, files: dict[str, str]) -> Path:
    """Write `{"lessons/x.md": text}` below `folder`; texts may be indented as their test is."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return folder


def _import_into(url: str, folder: Path) -> None:
    app = create_app(settings_for(url, folder))
    with app.app_context():
        import_folder(CONTENT)
        db.session.remove()
        db.engine.dispose()  # closing checkpoints the write-ahead log into the file


@contextmanager
def _sqlite(prepared: Path, folder: Path) -> Iterator[Path]:
    path = folder / "published.sqlite3"
    shutil.copyfile(prepared, path)
    _import_into(f"sqlite:///{path}", folder)
    yield path


@contextmanager
def _postgres(server: str, prepared: str, folder: Path) -> Iterator[str]:
    with copy_postgres(server, prepared) as url:
        _import_into(url, folder)
        yield url.rsplit("/", 1)[-1].partition("?")[0]


def with_content(
    server: str | None, prepared: str | Path, folder: Path
) -> AbstractContextManager[str | Path]:
    """A copy of the prepared database with content/ imported, in the same form as `prepared`."""
    if server is None or isinstance(prepared, Path):
        return _sqlite(Path(prepared), folder)
    return _postgres(server, prepared, folder)
