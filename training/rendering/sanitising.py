"""The allowlist. What is not named here does not reach a page, whatever Markdown made of it."""

from __future__ import annotations

import re

import nh3

from training.rendering.links import ANCHOR, site_address

PHRASING = {"a", "br", "code", "del", "em", "i", "strong", "sub", "sup", "span"}
TAGS = PHRASING | {
    *(
        "aside",
        "blockquote",
        "dd",
        "dfn",
        "div",
        "dl",
        "dt",
        "figure",
        "footer",
        "h2",
        "h3",
        "h4",
        "hr",
        "img",
    ),
    *("li", "ol", "p", "pre", "section", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
CLASSES = {
    *("aside", "pair", "is-weak", "is-strong", "dialogue", "dialogue__line", "dialogue__who"),
    *("breathing", "table", "table-scroll", "align-center", "align-end", "term", "term__meaning"),
    *("footnote", "footnote-ref", "footnote-backref", "admonition", "admonition-title", "toc"),
}
ATTRIBUTES = {
    "*": {"class", "id", "lang"},
    "a": {"href"},
    "ol": {"start"},
    "th": {"scope"},
    "dfn": {"tabindex"},
    "img": {"src", "alt", "width", "height", "loading"},
}
_LANG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}")
_ID = re.compile(re.escape(ANCHOR) + r"[\w:.-]{1,120}")
# What sanitising takes away whole: its text is code or another document, not prose.
_WITH_CONTENT = {"script", "style", "iframe", "object", "template", "noscript", "svg", "math"}


def clean(html: str) -> str:
    """`html` with nothing but the tags, classes, ids and addresses named above."""
    return _clean(html, TAGS)


def clean_inline(html: str) -> str:
    """The same with phrasing only, fit for a button's label: no blocks, no links."""
    flat = re.sub(r"</(?:p|li|h[1-6]|blockquote|tr|pre)>\s*", " ", html)
    return re.sub(r"\s+", " ", _clean(flat, PHRASING - {"a"})).strip()


def _clean(html: str, tags: set[str]) -> str:
    return nh3.clean(
        html,
        tags=tags,
        clean_content_tags=_WITH_CONTENT,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"https", "mailto"},
        link_rel=None,
        strip_comments=True,
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        return " ".join(word for word in value.split() if word in CLASSES) or None
    if name == "href":
        return site_address(value, "")
    allowed = {
        "id": _ID,
        "lang": _LANG,
        "start": re.compile(r"\d{1,4}"),
        "tabindex": re.compile("0"),
        "scope": re.compile("col|row"),
        "src": re.compile(r"/media/[0-9a-f]{32}\.(?:png|jpg|webp)"),
        "alt": re.compile(r"[^\x00-\x1f]*"),
        "width": re.compile(r"\d{1,4}"),
        "height": re.compile(r"\d{1,5}"),
        "loading": re.compile("lazy"),
    }[name]
    return value if allowed.fullmatch(value) else None
