"""The headers on every response. About thirty lines of ours: the usual extension is unmaintained."""

from flask import Flask, Response, request

from training.settings import Settings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_OFF = ("camera", "display-capture", "geolocation", "microphone", "midi", "payment", "usb", "browsing-topics")
COMMON = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in _OFF),
}


def init(app: Flask, settings: Settings) -> None:
    def add(response: Response) -> Response:
        for name, value in COMMON.items():
            response.headers.setdefault(name, value)
        if request.path.startswith("/t/"):
            # The address is the secret. `no-referrer` would make browsers send `Origin: null` with its form.
            response.headers["Referrer-Policy"] = "strict-origin"
        if settings.is_https:
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        # Personal unless a view says otherwise: a page that somebody forgot is not left in a cache.
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    app.after_request(add)
