"""The faces as pictures for mail, where no drawing of ours can be shown: static/images/faces/*.png.

python -m tests.browser.mail_faces

Run it when a face in templates/components/faces/ changed or came anew.
"""

import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser.site import FLAGS, ROOT, chromium_path
from training import create_app
from training.settings import Settings

FOLDER = ROOT / "static" / "images" / "faces"
WIDTH, HEIGHT = 116, 121
ANGRY = 3
_PAGE = """{% from 'components/face.html' import face %}<!doctype html><style>{{ css|safe }}
  body { margin: 0; }
  div { inline-size: 116px; block-size: 121px; background: oklch(.455 .085 255); overflow: hidden; }
</style><div>{{ face(who, mood) }}</div>"""


def drawings() -> dict[str, str]:
    """Each face as a page of its own."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(instance=Path(folder), secret_key="x" * 40))
        css = (ROOT / "static" / "css" / "17-face.css").read_text(encoding="utf-8")
        page = app.jinja_env.from_string(_PAGE)
        faces = sorted(path.stem for path in (ROOT / "templates/components/faces").glob("*.html"))
        return {who: page.render(who=who, mood=ANGRY, css=css) for who in faces}


def shoot(browser: Browser, html: str) -> bytes:
    page = browser.new_page(
        viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=2, reduced_motion="reduce"
    )
    page.set_content(html)
    page.wait_for_timeout(800)
    taken = page.screenshot()
    page.close()
    small = io.BytesIO()
    Image.open(io.BytesIO(taken)).convert("RGB").quantize(64).save(small, "PNG", optimize=True)
    return small.getvalue()


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        for who, html in drawings().items():
            (FOLDER / f"{who}.png").write_bytes(shoot(browser, html))


if __name__ == "__main__":
    main()
