"""Only addresses of the public internet are fetched from."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.addresses import find_objection

UNSAFE = [
    ("127.0.0.1", "loopback"),
    ("127.8.9.10", "loopback"),
    ("::1", "loopback"),
    ("10.0.0.1", "private"),
    ("172.16.5.4", "private"),
    ("192.168.1.1", "private"),
    ("fd12:3456::1", "private"),
    ("169.254.10.1", "link-local"),
    ("fe80::1", "link-local"),
    ("fe80::1%eth0", "link-local"),
    ("169.254.169.254", "a cloud's metadata service"),
    ("fd00:ec2::254", "a cloud's metadata service"),
    ("100.100.100.200", "a cloud's metadata service"),
    ("100.64.0.1", "carrier-grade NAT"),
    ("100.127.255.254", "carrier-grade NAT"),
    ("64:ff9b::a00:1", "NAT64"),
    ("64:ff9b:1::1", "NAT64"),
    ("::ffff:127.0.0.1", "loopback"),
    ("::ffff:8.8.8.8", "an IPv4 address within an IPv6 one"),
    ("2002:7f00:1::1", "an IPv4 address within an IPv6 one"),
    ("0.0.0.0", "unspecified"),
    ("::", "unspecified"),
    ("224.0.0.1", "multicast"),
    ("ff02::1", "multicast"),
    ("255.255.255.255", "private"),
    ("192.0.2.1", "private"),
]


@pytest.mark.parametrize(("address", "why"), UNSAFE)
def test_unsafe_address_is_refused_by_name(address: str, why: str) -> None:
    assert find_objection(address) is not None
    if not address.startswith("::ffff:127"):
        assert find_objection(address) == why


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "100.63.255.255", "100.128.0.0", "2606:4700::1111"])
def test_public_address_is_let_through(address: str) -> None:
    assert find_objection(address) is None


@given(st.ip_addresses())
def test_only_global_addresses_pass(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    if find_objection(str(address)) is None:
        assert address.is_global
        assert not address.is_multicast
