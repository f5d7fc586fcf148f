"""Markdown → safe HTML, the only place. At publish, never in a request: see `render`."""

from training.rendering.batch import RenderingError, render
from training.rendering.links import Target, read_target, site_address
from training.rendering.pieces import Form, Piece

__all__ = ["Form", "Piece", "RenderingError", "Target", "read_target", "render", "site_address"]
