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
    # Personal unless a view says otherwise: a page that somebody forgot is not left in a cache.
    usual = {**COMMON, "Cache-Control": "no-store, private"}
    if settings.is_https:
        usual["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"

    def add(response: Response) -> Response:
        said = {name.lower() for name, _ in response.headers}
        response.headers.extend([(name, usual[name]) for name in usual if name.lower() not in said])
        if request.path.startswith("/t/"):
            # The address is the secret. `no-referrer` would make browsers send `Origin: null` with its form.
            response.headers["Referrer-Policy"] = "strict-origin"
        return response

    app.after_request(add)
