"""What the editor's page brings along: its bundle, its licences, its weight, and what its policy allows."""

import gzip
import hashlib
import json
import re
from pathlib import Path

from tests.authoring.conftest import Open
from tests.browsing import Browser
from training.web.headers import POLICY

ROOT = Path(__file__).resolve().parents[2]
STUDIO, MADE_BY = ROOT / "static" / "studio", ROOT / "vendor" / "editor"


def gzipped(*paths: Path) -> int:
    return len(gzip.compress(b"\n".join(path.read_bytes() for path in paths)))


def test_the_bundle_is_the_one_that_its_script_made() -> None:
    expected, name = (MADE_BY / "editor.sha256").read_text().split()

    assert hashlib.sha256((STUDIO / "vendor" / name).read_bytes()).hexdigest() == expected


def test_every_package_in_it_is_pinned_and_brings_its_licence() -> None:
    licences = set(re.findall(r"^== (\S+)$", (STUDIO / "vendor" / "LICENSE.txt").read_text(), re.MULTILINE))
    locked = json.loads((MADE_BY / "package-lock.json").read_text())["packages"]
    named = json.loads((MADE_BY / "package.json").read_text())["dependencies"]
    packages = {name.removeprefix("node_modules/") for name in locked if name and "esbuild" not in name}

    assert packages == licences
    assert named["codemirror"] == "6.0.2"
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in named.values())
    assert all("resolved" not in package for package in locked.values())


def with_imports(name: str) -> set[Path]:
    """A script of ours and all of ours that it asks for."""
    script = STUDIO / name
    asked = re.findall(
        r"^} from '\./(\w+\.js)'|^import .* from '\./(\w+\.js)'", script.read_text(), re.MULTILINE
    )
    return {script}.union(*(with_imports(one or other) for one, other in asked))


def test_each_page_s_own_scripts_and_the_sheet_are_small() -> None:
    editor, cards, collision = (with_imports(f"{name}.js") for name in ("studio", "cards", "collision"))

    assert editor | cards | collision == set(STUDIO.glob("*.js"))
    assert gzipped(*sorted(editor)) <= 7_000
    assert gzipped(*sorted(cards)) <= 3_500
    assert gzipped(*sorted(collision)) <= 1_000
    assert gzipped(STUDIO / "studio.css") <= 4_000
    assert gzipped(STUDIO / "vendor" / "editor.js") <= 210_000


def test_the_editor_alone_may_add_styles_and_each_page_has_its_own_nonce(tova: Browser, opened: Open) -> None:
    address = opened("skill", "redirect")
    nonces = set()
    for _ in range(2):
        page = tova.get(address)
        policy = page.headers["Content-Security-Policy"]
        found = re.search(r"style-src 'self' 'nonce-([\w-]{20,})'", policy)
        assert found is not None
        assert f'data-nonce="{found[1]}"' in page.text
        assert "img-src 'self' data:" in policy
        assert "script-src 'self';" in policy
        nonces.add(found[1])

    assert len(nonces) == 2
    assert tova.get(f"{address}/saves").headers["Content-Security-Policy"] == POLICY
