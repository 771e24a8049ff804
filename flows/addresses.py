"""Which network addresses a fetch may reach: the public internet, and nothing behind this machine's own walls."""

import ipaddress
from ipaddress import IPv4Address, IPv6Address

_CARRIER_GRADE = ipaddress.ip_network("100.64.0.0/10")
_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
_SIX_TO_FOUR = ipaddress.ip_network("2002::/16")
_METADATA = frozenset(map(ipaddress.ip_address, ("169.254.169.254", "fd00:ec2::254", "100.100.100.200")))
"""Where clouds tell a machine its secrets; they lie in ranges that are refused anyway, but are worth naming."""


def find_objection(address: str) -> str | None:
    """Why `address` (as a resolver gives it) must not be fetched from; None where it may.

    IPv4 addresses wrapped into IPv6 ones (mapped, 6to4, Teredo, NAT64) never pass: what a gateway
    makes of them cannot be checked here.
    """
    parsed = ipaddress.ip_address(address.split("%", maxsplit=1)[0])  # a scope, as in fe80::1%eth0
    objections = {
        "a cloud's metadata service": parsed in _METADATA,
        "loopback": parsed.is_loopback,
        "link-local": parsed.is_link_local,
        "carrier-grade NAT": isinstance(parsed, IPv4Address) and parsed in _CARRIER_GRADE,
        "NAT64": isinstance(parsed, IPv6Address) and any(parsed in network for network in _NAT64),
        "an IPv4 address within an IPv6 one": isinstance(parsed, IPv6Address) and _holds_ipv4(parsed),
        "multicast": parsed.is_multicast,
        "unspecified": parsed.is_unspecified,
        "private": parsed.is_private,
        "reserved": parsed.is_reserved or not parsed.is_global,
    }
    return next((name for name, applies in objections.items() if applies), None)


def _holds_ipv4(address: IPv6Address) -> bool:
    return address.ipv4_mapped is not None or address.teredo is not None or address in _SIX_TO_FOUR
