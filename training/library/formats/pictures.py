"""Pictures beside the texts: decoded and encoded anew, so that nothing but a picture is ever served."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

FOLDER = "media"
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.(?:png|jpe?g|webp)")
MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
WIDEST = 1440
# Pillow's name → ending and type as it is served, and how it is written.
_FORMATS: dict[str, tuple[str, str, dict[str, int | bool]]] = {
    "PNG": ("png", "image/png", {"optimize": True}),
    "JPEG": ("jpg", "image/jpeg", {"quality": 85, "optimize": True}),
    "WEBP": ("webp", "image/webp", {"quality": 85}),
}
_HREF = re.compile(r"\.\./media/([^/]+)")


@dataclass(frozen=True)
class Picture:
    """A picture ready to serve. `name` is made of its content, so an address never changes its meaning."""

    name: str
    mimetype: str
    width: int
    height: int
    body: bytes = field(repr=False)

    @property
    def address(self) -> str:
        return f"/media/{self.name}"


@dataclass(frozen=True)
class Media:
    """The folder `content/media/`, each file of which is read when a text first shows it; and the pictures
    that were `sent` to the site, by name, which go before it.
    """

    folder: Path | None = None
    _read: dict[str, Picture | str] = field(default_factory=dict)
    sent: Mapping[str, Picture] = field(default_factory=dict)

    def find(self, href: str) -> Picture | str:
        """The picture that a text names as `../media/x.png`, or what is wrong, as a sentence."""
        found = _HREF.fullmatch(href)
        if found is not None and found[1] in self.sent:
            return self.sent[found[1]]
        if found is None or self.folder is None:
            return "Pictures stand in content/media/: write ../media/card.png."
        name = found[1]
        if name not in self._read:
            self._read[name] = self._open(name)
        return self._read[name]

    def _open(self, name: str) -> Picture | str:
        path = (self.folder or Path()) / name
        if not NAME.fullmatch(name):
            return "Name it with small letters, digits and hyphens, ending in .png, .jpg or .webp."
        if not path.is_file() or path.is_symlink():
            return f'There is no "media/{name}".'
        if path.stat().st_size > MOST_BYTES:
            return f"It is larger than {MOST_BYTES // 1024 // 1024} MB."
        return read_picture(path.read_bytes())


def read_picture(source: bytes) -> Picture | str:
    """A picture encoded anew, without what its file held besides, or what is wrong, as a sentence."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(source), formats=tuple(_FORMATS)) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    return "It has more than 40 million pixels."
                return _encoded(opened)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, Warning):
        return "It cannot be read as PNG, JPEG or WebP."


def _encoded(opened: Image.Image) -> Picture:
    kind = opened.format or ""
    ending, mimetype, options = _FORMATS[kind]
    image = ImageOps.exif_transpose(opened)
    if kind == "JPEG":
        image = image.convert("RGB")
    elif image.mode not in ("RGB", "RGBA", "L", "LA"):
        image = image.convert("RGBA")
    if image.width > WIDEST:
        image = image.resize((WIDEST, max(1, round(image.height * WIDEST / image.width))))
    # A canvas of our own: texts, profiles and places that the file held stay behind.
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    written = io.BytesIO()
    bare.save(written, kind, **options)
    body = written.getvalue()
    name = f"{hashlib.sha256(body).hexdigest()[:32]}.{ending}"
    return Picture(name, mimetype, image.width, image.height, body)
