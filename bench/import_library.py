"""How long a large library takes to import: cold, again, and with one changed file.

    python -m bench.import_library [ITEMS]

Makes ITEMS lessons and as many calls of the shipped length (1,000 unless said otherwise).
"""

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.databases import prepare_sqlite, settings_for
from tests.library_content import CONTENT, import_folder
from training import create_app


def write_library(folder: Path, items: int) -> None:
    """`items` lessons and calls, copies of the shipped ones under new titles; the rest as shipped."""
    shutil.copytree(CONTENT / "media", folder / "media")
    for kind in ("skills", "lessons", "scenarios"):
        (folder / kind).mkdir(parents=True)
    for path in (CONTENT / "skills").glob("*.md"):
        (folder / "skills" / path.name).write_bytes(path.read_bytes())
    for kind in ("lessons", "scenarios"):
        shipped = sorted((CONTENT / kind).glob("*.md"))
        for number in range(items):
            source = shipped[number % len(shipped)]
            text = source.read_text(encoding="utf-8").replace("title: ", f"title: {number} ", 1)
            name = source.name if number < len(shipped) else f"{source.stem}-{number}.md"
            (folder / kind / name).write_text(text, encoding="utf-8")


def timed(title: str, content: Path) -> None:
    """On a busy machine the processor's seconds, the children's included, tell more than the clock's."""
    started, worked = time.perf_counter(), _processor()
    found, done = import_folder(content)
    seconds, processor = time.perf_counter() - started, _processor() - worked
    print(
        f"{title:<22}{seconds:7.1f} s, {processor:6.1f} s of a processor: {done.published} published,"
        f" {done.unchanged} unchanged, {found.errors} errors",
        flush=True,
    )


def _processor() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def main() -> None:
    items = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory(prefix="zanshin-bench-") as name:
        folder = Path(name)
        content = folder / "content"
        write_library(content, items)
        app = create_app(settings_for(f"sqlite:///{prepare_sqlite(folder)}", folder))
        with app.app_context():
            timed("cold", content)
            timed("again", content)
            changed = min((content / "scenarios").glob("*.md"))
            changed.write_text(
                changed.read_text(encoding="utf-8").replace("title: ", "title: New "), encoding="utf-8"
            )
            timed("with one changed file", content)


if __name__ == "__main__":
    main()
