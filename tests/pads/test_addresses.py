"""Addresses of the network: public ones may be called, and no others, whatever their form."""

import pytest

from bot.pads.addresses import NotPublic, PublicResolver, is_public
from tests.pads.names import Names

PRIVATE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9",
    "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1",
    "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "2002:7f00:1::", "2001:0:7f00:1::", "fec0::1", "100::1",
    "localhost", "2130706433", "0x7f.1", "127.1", "",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_public_is_not_called(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "140.82.121.3", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses_may_be_called(address: str) -> None:
    assert is_public(address)


async def test_a_name_is_resolved_to_public_addresses_only() -> None:
    (found,) = await PublicResolver(Names("8.8.8.8")).resolve("pad.example.org", 443)
    assert (found["host"], found["port"]) == ("8.8.8.8", 443)


@pytest.mark.parametrize("addresses", [("127.0.0.1",), ("8.8.8.8", "10.0.0.1"), ()])
async def test_one_address_that_is_not_public_is_enough(addresses: tuple[str, ...]) -> None:
    with pytest.raises(NotPublic):
        await PublicResolver(Names(*addresses)).resolve("pad.example.org", 443)
