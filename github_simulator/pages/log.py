"""The logs: webhook deliveries, with redelivery, and the requests of apps."""

import json
from itertools import islice

from aiohttp import web

from github_simulator.deliveries import Delivery
from github_simulator.errors import not_found
from github_simulator.pages.site import Site, back

NEWEST = 200


async def deliveries(site: Site, request: web.Request) -> web.Response:
    """List the webhook deliveries, newest first."""
    newest = list(islice(reversed(site.sim.deliveries.log), NEWEST))
    return site.page(request, "deliveries.html", deliveries=newest)


async def delivery(site: Site, request: web.Request) -> web.Response:
    """Show one delivery: headers, payload, response."""
    found = _delivery(site, request)
    payload = json.dumps(found.payload, indent=2, ensure_ascii=False)
    return site.page(request, "delivery.html", delivery=found, payload=payload)


async def redeliver(site: Site, request: web.Request) -> web.Response:
    """Queue a webhook delivery again, with the same GUID."""
    again = site.sim.deliveries.redeliver(_delivery(site, request))
    return back(f"/-/deliveries/{again.id}")


async def requests(site: Site, request: web.Request) -> web.Response:
    """List the requests of apps, newest first, and where they or responses violated GitHub's descriptions."""
    newest = list(islice(reversed(site.sim.requests), NEWEST))
    return site.page(request, "requests.html", requests=newest, violations=site.sim.violations)


def _delivery(site: Site, request: web.Request) -> Delivery:
    found = site.sim.deliveries.find(int(request.match_info["id"]))
    if found is None:
        raise not_found()
    return found
