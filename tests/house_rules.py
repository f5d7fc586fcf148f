"""What every page of ours must be, checked on every page that any test renders."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from training.web.headers import COMMON

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.browsing import Browser

_UNLABELLED = {"hidden", "submit", "button", "image"}


def check_page(browser: Browser, response: TestResponse) -> None:
    """Raise AssertionError with all that is wrong with an answer of the site."""
    for name in COMMON:
        assert name in response.headers, f"{response.request.path} lacks the header {name}"
    if response.mimetype != "text/html" or response.status_code in (301, 302, 303, 307, 308):
        return
    text = response.get_data(as_text=True)
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(text)
    problems = [f"line {place[0]}: {code} {values}" for place, code, values in parser.errors]
    problems += _headings(tree) + _labels(tree) + _ids(tree) + _links(browser, tree) + _inline(text)
    assert not problems, f"{response.request.path} ({response.status_code}): " + "; ".join(problems)


def _headings(tree: Element) -> list[str]:
    problems = []
    ones = tree.findall(".//h1")
    if len(ones) != 1:
        problems.append(f"{len(ones)} h1 elements")
    found = tree.find(".//title")
    title = "".join(found.itertext()) if found is not None else ""
    if not re.match(r".+ · .+", title.strip()):
        problems.append(f"the title is “{title}”")
    root = tree if tree.tag == "html" else tree.find(".//html")
    if root is None or not root.get("lang"):
        problems.append("html has no lang")
    return problems


def _labels(tree: Element) -> list[str]:
    labelled = {label.get("for") for label in tree.iter("label")}
    wrapped = {id(field) for label in tree.iter("label") for field in label.iter()}
    problems = []
    for tag in ("input", "select", "textarea"):
        for field in tree.iter(tag):
            if tag == "input" and field.get("type", "text") in _UNLABELLED:
                continue
            if field.get("id") in labelled or id(field) in wrapped or field.get("aria-label"):
                continue
            problems.append(f"the field {field.get('name')} has no label")
    problems += ["a button without words" for b in tree.iter("button") if not _words(b)]
    problems += [f"a link without words to {a.get('href')}" for a in tree.iter("a") if not _words(a)]
    problems += ["a picture without alt" for image in tree.iter("img") if image.get("alt") is None]
    return problems


def _words(element: Element) -> str:
    return "".join(element.itertext()).strip() or element.get("aria-label", "")


def _ids(tree: Element) -> list[str]:
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    return [f"the id {name} is there twice" for name in sorted({n for n in ids if n and ids.count(n) > 1})]


def _links(browser: Browser, tree: Element) -> list[str]:
    """Every address of ours on the page leads to a route of ours."""
    adapter = browser.app.url_map.bind(urlsplit(browser.base_url).netloc)
    ids = {element.get("id") for element in tree.iter()}
    problems = []
    targets = [(a.get("href"), "GET") for a in tree.iter("a")]
    targets += [(form.get("action"), (form.get("method") or "get").upper()) for form in tree.iter("form")]
    for target, method in targets:
        if not target:
            continue
        parts = urlsplit(target)
        if parts.scheme or parts.netloc:
            continue
        if not parts.path:
            if parts.fragment and parts.fragment not in ids:
                problems.append(f"#{parts.fragment} is nowhere on the page")
            continue
        try:
            adapter.match(parts.path, method=method)
        except RequestRedirect:
            continue
        except HTTPException:
            problems.append(f"{method} {target} leads nowhere")
    return problems


def _inline(text: str) -> list[str]:
    problems = []
    if re.search(r"<script(?![^>]*\bsrc=)", text):
        problems.append("an inline script")
    if re.search(r"<style\b|\sstyle=", text):
        problems.append("an inline style")
    if re.search(r"\son[a-z]+=\"", text):
        problems.append("an inline event handler")
    return problems
