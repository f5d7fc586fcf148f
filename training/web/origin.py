"""Where an unsafe request may come from: the token in the form, and what the browser says of its origin."""

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError, CSRFProtect
from itsdangerous import URLSafeTimedSerializer

from training.settings import Settings

csrf = CSRFProtect()
_SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
_ELSEWHERE = _l("This form was sent from another site, so it was not taken. Nothing was changed.")


class FormSessions(SecureCookieSessionInterface):
    """The framework's own, with one signer for all requests: a start reads the keys, and so makes it."""

    def __init__(self, app: Flask) -> None:
        self._signer = super().get_signing_serializer(app)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        return self._signer


def init(app: Flask, settings: Settings) -> None:
    # The default hour would eat an answer given after lunch; the strict referrer check is replaced below.
    app.config.update(WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=False, WTF_CSRF_CHECK_DEFAULT=True)
    app.config.update(
        SESSION_COOKIE_NAME="__Host-form" if settings.is_https else "form",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    app.session_interface = FormSessions(app)
    scheme = "https" if settings.is_https else "http"
    app.before_request(lambda: _refuse_foreign_requests(scheme))
    csrf.init_app(app)


def _refuse_foreign_requests(scheme: str) -> None:
    """Browsers say where a request was made; one that names another site is refused whatever it carries."""
    if request.method in _SAFE:
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise CSRFError(str(_ELSEWHERE))
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"{scheme}://{request.host}":
        raise CSRFError(str(_ELSEWHERE))
