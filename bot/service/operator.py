"""Who may see the status page and use its buttons: whoever has the token STATUS_TOKEN.

It comes as the password of HTTP Basic, with any user name, or as a bearer token; never in the address, which
is kept in histories and logs.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import urlsplit

from aiohttp import web

CHALLENGE = {"WWW-Authenticate": 'Basic realm="minutes-bot", charset="UTF-8"'}
"""With it browsers ask for the password. https://www.rfc-editor.org/rfc/rfc7617"""


class Operator:
    """The operator of the bot, known by a token; without one nobody is."""

    def __init__(self, token: str) -> None:
        self._token = token

    @property
    def exists(self) -> bool:
        """Whether there is a token at all."""
        return bool(self._token)

    @property
    def form_token(self) -> str:
        """What each form carries, and no other site can know; the same for all replicas."""
        return hmac.new(self._token.encode(), b"minutes-bot form", hashlib.sha256).hexdigest()

    def sends(self, request: web.Request) -> bool:
        """Return whether a request has the token; it is compared in constant time."""
        given = _given(request.headers.get("Authorization", ""))
        return hmac.compare_digest(given, self._token.encode()) and self.exists

    def meant(self, request: web.Request, form_token: str) -> bool:
        """Return whether a form is from our page: browsers add the password to other sites' forms too."""
        is_ours = hmac.compare_digest(form_token.encode("utf-8", "replace"), self.form_token.encode())
        return is_ours and is_same_site(request.headers, request.host)


def is_same_site(headers: Mapping[str, str], host: str) -> bool:
    """Return whether a request does not come from a page of another site, by what browsers say of it.

    https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site; older browsers and
    plain HTTP have `Origin` alone.
    """
    if site := headers.get("Sec-Fetch-Site"):
        return site in ("same-origin", "none")
    origin = headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == host


def _given(authorization: str) -> bytes:
    """Return the token in a header `Authorization`, empty if there is none."""
    scheme, _, value = authorization.strip().partition(" ")
    if scheme.lower() == "bearer":
        return value.strip().encode("utf-8", "replace")
    if scheme.lower() != "basic":
        return b""
    try:
        return base64.b64decode(value.strip(), validate=True).partition(b":")[2]
    except (binascii.Error, ValueError):
        return b""
