"""What is particular to a database that is one file: its log, a full disk, a damaged file, its lock."""

from __future__ import annotations

import multiprocessing
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from training.errors import ConflictError, UnavailableError
from training.operations.backups.sqlite import SqliteKeeper
from training.operations.in_use import InUse, lock_path
from training.settings import Settings


@pytest.fixture
def keeper(tmp_path: Path) -> SqliteKeeper:
    """The keeper of a small file with one row, and a log beside it."""
    path = tmp_path / "live.sqlite3"
    with closing(sqlite3.connect(path)) as live:
        live.execute("PRAGMA journal_mode=WAL")
        live.execute("CREATE TABLE word (text)")
        live.execute("INSERT INTO word VALUES ('first')")
        live.commit()
    return SqliteKeeper(path, InUse(tmp_path / "in-use"))


def words(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as found:
        return [text for (text,) in found.execute("SELECT text FROM word")]


def test_what_is_only_in_the_log_yet_is_in_the_copy(keeper: SqliteKeeper, tmp_path: Path) -> None:
    with closing(sqlite3.connect(keeper.path)) as live:
        live.execute("INSERT INTO word VALUES ('in the log')")
        live.commit()

        keeper.copy_to(tmp_path / "copy.sqlite3")

    assert words(tmp_path / "copy.sqlite3") == ["first", "in the log"]


def test_a_copy_is_one_file_without_a_log(keeper: SqliteKeeper, tmp_path: Path) -> None:
    keeper.copy_to(tmp_path / "copy.sqlite3")

    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as copy:
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_disk_without_room_is_a_sentence(
    keeper: SqliteKeeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=0))

    with pytest.raises(UnavailableError, match="TRAINING_BACKUP_FOLDER"):
        keeper.copy_to(tmp_path / "copy.sqlite3")

    assert not (tmp_path / "copy.sqlite3").exists()


def test_a_damaged_live_file_is_replaced_and_kept_with_its_log(keeper: SqliteKeeper, tmp_path: Path) -> None:
    backup = tmp_path / "copy.sqlite3"
    keeper.copy_to(backup)
    keeper.path.write_bytes(b"a disk died here" * 500)
    Path(f"{keeper.path}-wal").write_bytes(b"not the log of the new file")

    kept = keeper.put_back(backup, "now")

    assert words(keeper.path) == ["first"]
    assert kept is not None
    assert Path(kept).read_bytes().startswith(b"a disk died here")
    assert Path(f"{kept}-wal").read_bytes() == b"not the log of the new file"


def test_what_was_only_in_the_log_is_kept_too(keeper: SqliteKeeper, tmp_path: Path) -> None:
    backup = tmp_path / "copy.sqlite3"
    keeper.copy_to(backup)
    with closing(sqlite3.connect(keeper.path)) as live:
        live.execute("INSERT INTO word VALUES ('later')")
        live.commit()
        log = Path(f"{keeper.path}-wal").read_bytes()
    Path(f"{keeper.path}-wal").write_bytes(log)  # as a killed process leaves it

    kept = keeper.put_back(backup, "now")

    assert words(keeper.path) == ["first"]
    assert kept is not None
    assert words(Path(kept)) == ["first", "later"]


def test_a_database_that_points_nowhere_is_damaged(keeper: SqliteKeeper) -> None:
    with closing(sqlite3.connect(keeper.path)) as live:
        live.execute("CREATE TABLE page (id INTEGER PRIMARY KEY, above INTEGER REFERENCES page (id))")
        live.execute("INSERT INTO page VALUES (1, 99)")
        live.commit()

    assert keeper.damage(keeper.path) == ["1 rows point to rows that are not there"]


def test_one_process_at_a_time_restores_and_none_while_others_read(tmp_path: Path) -> None:
    reader, restorer = InUse(tmp_path / "in-use"), InUse(tmp_path / "in-use")
    reader.hold()
    assert not restorer.claim()

    reader.release()
    assert restorer.claim()
    with pytest.raises(UnavailableError, match="being restored"):
        reader.hold()

    restorer.release()
    reader.hold()


def test_a_forked_worker_keeps_the_lock_of_a_parent_that_is_gone(tmp_path: Path) -> None:
    lock, restorer = InUse(tmp_path / "in-use"), InUse(tmp_path / "in-use")
    lock.hold()
    worker = multiprocessing.get_context("fork").Process(target=time.sleep, args=(60,))
    worker.start()
    lock.release()

    assert not restorer.claim()
    worker.kill()
    worker.join()
    assert restorer.claim()


def test_a_restore_while_the_file_is_used_is_refused(keeper: SqliteKeeper) -> None:
    other = InUse(keeper.lock.path)
    other.hold()

    with pytest.raises(ConflictError, match="Nothing was changed"), keeper.alone():
        pass


def test_the_lock_lies_beside_the_file_so_that_two_installations_of_it_meet(tmp_path: Path) -> None:
    one = Settings(instance=tmp_path / "one", database_url=f"sqlite:///{tmp_path}/site.sqlite3")
    two = Settings(instance=tmp_path / "two", database_url=f"sqlite:///{tmp_path}/site.sqlite3")

    assert lock_path(one) == lock_path(two) == tmp_path / "site.sqlite3.in-use"
