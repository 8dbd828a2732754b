"""Which addresses of the network may be called for a pad: public ones, and no others.

The addresses that are checked are those that are connected to: a name is resolved once for a request, so that
an answer of DNS that changes in between changes nothing.
"""

import ipaddress
import socket

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

_TRANSLATED = tuple(
    map(ipaddress.IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96"))
)
"""IPv6 addresses that stand for an IPv4 address, which may be a private one: NAT64 (RFC 6052, RFC 8215), 6to4
(RFC 3056), Teredo (RFC 4380), IPv4-compatible (RFC 4291)."""


_SPECIAL = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "fec0::/10", "100::/64")))
"""Special addresses that not every version of Python knows: RFC 6890, RFC 3879, RFC 6666."""


class NotPublic(OSError):
    """Raised for a host with an address that is not public."""


def is_public(address: str) -> bool:
    """Return whether an IP address is that of a host on the public internet."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return is_public(str(found.ipv4_mapped))
        if any(found in network for network in _TRANSLATED):
            return False
    if any(found in network for network in _SPECIAL):
        return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


class PublicResolver(AbstractResolver):
    """Resolves names to public addresses only.

    `resolver` looks the names up, by default the operating system.
    """

    def __init__(self, resolver: AbstractResolver | None = None) -> None:
        self._resolver = resolver or ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses of a host. Raises NotPublic where one of them is not public."""
        found = await self._resolver.resolve(host, port, family)
        if not found or not all(is_public(each["host"]) for each in found):
            raise NotPublic(f"{host} has an address that is not public")
        return found

    async def close(self) -> None:
        """Close the resolver that looks the names up."""
        await self._resolver.close()
