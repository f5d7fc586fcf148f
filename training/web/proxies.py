"""Which hosts and proxies are believed, and how much a request may carry."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from training.settings import Settings

MAX_BODY = 1024 * 1024


def init(app: Flask, settings: Settings) -> None:
    hosts = [settings.host]
    if settings.is_local:
        hosts += ["127.0.0.1", "localhost", "[::1]"]
    app.config["TRUSTED_HOSTS"] = hosts
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_BODY
    app.config["MAX_FORM_PARTS"] = 200
    app.config["PREFERRED_URL_SCHEME"] = "https" if settings.is_https else "http"
    count = settings.trusted_proxies
    if count:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
