"""What pages share: who may open them, their headers, their errors, their addresses. Knows no feature."""

from pathlib import Path

from flask import Flask

from training.settings import Settings
from training.web import (
    access,
    error_pages,
    faces,
    headers,
    health,
    i18n,
    origin,
    parts,
    proxies,
    routes,
    static_files,
    templates,
    words,
)
from training.web.access import Access, allow, viewer
from training.web.paging import Page, page_number
from training.web.responses import see_other

__all__ = ["Access", "Page", "allow", "init_web", "page_number", "see_other", "viewer"]


def init_web(app: Flask, settings: Settings, root: Path) -> None:
    """Everything that a page can rely on before any feature is there."""
    routes.init(app)
    proxies.init(app, settings)
    static_files.init(app, root / "static")
    i18n.init(app)
    templates.init(app, root, settings)
    faces.init(app, root)
    words.init(app)
    headers.init(app, settings)
    origin.init(app, settings)
    access.init(app)
    error_pages.init(app)
    app.register_blueprint(health.bp)
    parts.init(app, settings)
