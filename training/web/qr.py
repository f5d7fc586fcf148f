"""A picture that a phone's camera reads as an address, as SVG in the page itself."""

import segno
from markupsafe import Markup


def qr_code(address: str) -> Markup:
    """Dark on light in every colour scheme, as cameras need it. Decorative: write the address beside it."""
    made = segno.make(address, error="m", micro=False)
    svg = made.svg_inline(omitsize=True, dark="#000", light="#fff", border=3, svgclass="qr", lineclass=None)
    # Squares alone: of the address nothing is in it as text.
    return Markup(svg.replace("<svg ", '<svg aria-hidden="true" ', 1))  # noqa: S704  # see above
