"""Addresses: as a number in the packet, as text for people, and back."""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address


def mac_text(number: int) -> str:
    """48 bits as 02:00:00:00:00:01 (IEEE 802, clause 8)."""
    return number.to_bytes(6, "big").hex(":")


def mac_number(text: str) -> int:
    """The 48 bits of 02:00:00:00:00:01. Raises ValueError."""
    if not (isinstance(text, str) and re.fullmatch(r"[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}", text)):
        raise ValueError(f"expected an address like 02:00:00:00:00:01, got {text!r}")
    return int(text.replace(":", ""), 16)


def ipv4_text(number: int) -> str:
    """32 bits as 198.51.100.1 (RFC 1123, section 2.1)."""
    return f"{number >> 24}.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def ipv4_number(text: str) -> int:
    """The 32 bits of 198.51.100.1. Raises ValueError."""
    try:
        return int(IPv4Address(str(text)))
    except AddressValueError:
        raise ValueError(f"expected an address like 198.51.100.1, got {text!r}") from None


@lru_cache(maxsize=1024)
def ipv6_text(number: int) -> str:
    """128 bits as 2001:db8::1 (RFC 5952)."""
    return str(IPv6Address(number))


def ipv6_number(text: str) -> int:
    """The 128 bits of 2001:db8::1. Raises ValueError."""
    try:
        return int(IPv6Address(str(text)))
    except AddressValueError:
        raise ValueError(f"expected an address like 2001:db8::1, got {text!r}") from None
