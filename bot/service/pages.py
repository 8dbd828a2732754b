"""What all pages of the bot share: their frame and style, and the headers that let nothing else in.

No page needs JavaScript. All values are escaped.
"""

import base64
import hashlib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from aiohttp import web
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

STYLE = (files("bot.service") / "templates" / "style.css").read_text("utf-8")
STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()


def templates_of(package: str) -> Environment:
    """Return the templates in a package's folder `templates`, which may extend `base.html` of this one."""
    environment = Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader("bot.service")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["style"] = STYLE
    return environment


def page_of(
    templates: Environment,
    template: str,
    *,
    status: int = 200,
    form_action: str = "'none'",
    context: Mapping[str, Any],
) -> web.Response:
    """Return an answer with a page. `form_action` says where its forms may lead to, as a CSP source."""
    body = templates.get_template(template).render(context).encode("utf-8", "replace")
    headers = headers_of_page(form_action)
    return web.Response(body=body, status=status, content_type="text/html", charset="utf-8", headers=headers)


def headers_of_page(form_action: str = "'none'") -> dict[str, str]:
    """Return the headers of all answers: nothing is kept, framed, or told to other sites."""
    return {
        "Cache-Control": "no-store",
        "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; "
        f"form-action {form_action}; base-uri 'none'; frame-ancestors 'none'",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
