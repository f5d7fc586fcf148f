"""Document → source in one canonical shape: what `format` writes. The graph and the words stay."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from scenarios.addresses import Addresses
from scenarios.diagnostics import Problems

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scenarios.document import Document, Entry, Line, SceneText, Written


def write(document: Document) -> str:
    """The document's text: reading it again gives the same scenario, writing that the same text.

    A scene's attributes stand under its heading, then what is told and said, then the menu.
    """
    addresses = Addresses(document, Problems(""))
    fields = [line.rstrip() for line in document.front.raw]
    blocks = ["\n".join(["---", *fields, "---"])]
    if document.heading:
        blocks[0] += f"\n# {document.heading.text}"
    blocks += line_blocks(document.briefing)
    for scene in document.scenes:
        blocks += scene_blocks(scene, addresses)
    if document.glossary:
        blocks.append("\n".join(f"*[{entry.name}]: {entry.text}" for entry in document.glossary))
    return "\n\n".join(blocks) + "\n"


def scene_blocks(scene: SceneText, addresses: Addresses) -> list[str]:
    attributes = [attribute_text(one) for one in scene.attributes]
    blocks = [f"## {scene.title}", *attributes, *line_blocks(scene.lines)]
    if scene.entries:
        blocks.append("\n".join(entry_text(entry, addresses) for entry in scene.entries))
    return blocks


def attribute_text(attribute: Written) -> str:
    return f"**{attribute.name.capitalize()}:** {attribute.text}".rstrip()


def line_blocks(lines: Iterable[Line]) -> list[str]:
    """Lines as blocks: voices that follow each other share one quote, as they do in a script."""
    blocks: list[str] = []
    for spoken, group in groupby(lines, key=lambda line: bool(line.speaker)):
        texts = [line.text if not spoken else voice(line) for line in group]
        blocks += ["\n>\n".join(texts)] if spoken else texts
    return blocks


def voice(line: Line) -> str:
    aside = " (thinking)" if line.kind == "thought" else ""
    words = f"**{line.speaker}{aside}:** {line.text}".rstrip().split("\n")
    return "\n".join(f"> {one}" if one else ">" for one in words)


def entry_text(entry: Entry, addresses: Addresses) -> str:
    target = addresses.find(entry.target, entry.target_where) or entry.target
    lead = f"{' '.join(entry.lead.split())}: " if entry.lead else ""
    lines = [f"- {lead}[{entry.text}](#{target})"]
    lines += [f"  - {' '.join(detail.text.split())}" for detail in entry.details]
    for block in line_blocks(entry.lines):
        if not block.startswith(">") or lines[-1].startswith("  >"):
            lines.append("")
        lines += [f"  {line}".rstrip() for line in block.split("\n")]
    return "\n".join(lines)
