"""Which addresses may be fetched from: the law against requests that reach where only this machine can.

A URL is vetted as it is written, its host is looked up once, every address that the look-up gives
must be a public one, and the caller dials one of those very addresses: there is no second look-up
whose answer could differ.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

from onrecord.record import InputError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

PORTS: Final = {"http": 80, "https": 443}
URL_AT_MOST: Final = 4_000

_PRIVATE_4: Final = tuple(
    ipaddress.IPv4Network(net)
    for net in (
        "0.0.0.0/8",  # this network, the unspecified address
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local; where clouds keep their metadata
        "172.16.0.0/12",
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
_GLOBAL_6: Final = ipaddress.IPv6Network("2000::/3")
"""All of IPv6 that is given out to the public; everything else (loopback, private, mapped, NAT64 …) lies outside."""
_PRIVATE_6: Final = tuple(
    ipaddress.IPv6Network(net)
    for net in (
        "2001::/23",  # protocol assignments: Teredo, benchmarks, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: holds an IPv4 address
        "2620:4f:8000::/48",
        "3fff::/20",  # documentation
    )
)
_FORBIDDEN: Final = re.compile(r"[\x00-\x20\x7f\\]")
_NUMERIC: Final = re.compile(r"(?:0[xX][0-9a-fA-F]*|\d+)")
_LABEL: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")

Lookup = Callable[[str, int], list[str]]


class RefusedError(InputError):
    """An address that is not fetched from: says why."""


@dataclass(frozen=True, slots=True)
class Target:
    """A vetted URL in its parts, the host in ASCII."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def url(self) -> str:
        """The URL as it is requested, written anew from its parts, so that nobody reads it another way."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.origin(host)}{self.path}"

    def origin(self, host: str | None = None) -> str:
        """Scheme, host and port, the port only where it is not the scheme's own."""
        shown = host or (f"[{self.host}]" if ":" in self.host else self.host)
        return f"{self.scheme}://{shown}" + ("" if self.port == PORTS[self.scheme] else f":{self.port}")


def look_up(host: str, port: int) -> list[str]:
    """The addresses of a host by the system's resolver; OSError when it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class Guard:
    """Decides what may be fetched.  ``allow`` and ``ports`` widen it, for tests and for a network's own operator."""

    allow: tuple[Network, ...] = ()
    ports: frozenset[int] = frozenset(PORTS.values())
    look_up: Lookup = look_up

    def vet(self, url: str, named: Target | None = None) -> Target:
        """The parts of a URL that may be fetched as far as it shows; RefusedError otherwise.

        A port other than 80 and 443 must be that of ``named``, the URL that the user named, on its host.
        """
        if len(url) > URL_AT_MOST or _FORBIDDEN.search(url):
            raise RefusedError("is no URL that is fetched: it is too long, or holds blanks, control characters or backslashes")
        target = _parts(url)
        if target.port not in self.ports and not (named and (named.host, named.port) == (target.host, target.port)):
            raise RefusedError(f"is not fetched: port {target.port} is neither 80 nor 443")
        return target

    def vet_named(self, url: str) -> Target:
        """As ``vet``, of a URL that the user named: with whatever port it gives."""
        return Guard(self.allow, frozenset(range(1, 65_536)), self.look_up).vet(url)

    def addresses(self, host: str, port: int) -> tuple[str, ...]:
        """The addresses of a host, all of which are public; RefusedError when one is not, or when there is none."""
        try:
            found = self.look_up(host, port)
        except (OSError, UnicodeError) as error:
            raise RefusedError(f"is not fetched: the host {host!r} is not known ({error})") from None
        for address in found:
            self._check(address, host)
        if not found:
            raise RefusedError(f"is not fetched: the host {host!r} has no address")
        return tuple(found)

    def _check(self, written: str, host: str) -> None:
        try:
            address = ipaddress.ip_address(written)
        except ValueError:
            raise RefusedError(f"is not fetched: {host!r} has an address that cannot be read, {written!r}") from None
        if not any(address in net for net in self.allow if net.version == address.version) and not is_public(address):
            raise RefusedError(f"is not fetched: {host!r} is at {written}, which is no public address")


def is_public(address: Address) -> bool:
    """True when an address belongs to the public internet and holds no other address within it."""
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not any(address in net for net in _PRIVATE_4)
    if address.scope_id is not None or address not in _GLOBAL_6:
        return False
    return not any(address in net for net in _PRIVATE_6)


def _parts(url: str) -> Target:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise RefusedError(f"is no URL: {error}") from None
    scheme = parts.scheme.lower()
    if scheme not in PORTS:
        raise RefusedError(f"is not fetched: {scheme or 'no scheme'} is neither http nor https")
    if "@" in parts.netloc:
        raise RefusedError("is not fetched: it bears a user name or a password")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~") + (f"?{quote(parts.query, safe='/%:@!$&()*+,;=~?')}" if parts.query else "")
    return Target(scheme, _host(parts.netloc, parts.hostname or ""), PORTS[scheme] if port is None else port, path)


def _host(netloc: str, name: str) -> str:
    """A host in ASCII: an IPv6 address out of its brackets, a dotted IPv4 address, or a name."""
    if netloc.startswith("["):
        try:
            return str(ipaddress.IPv6Address(name))
        except ValueError:
            raise RefusedError(f"is not fetched: {name!r} is no address") from None
    host = _ascii(name).removesuffix(".")
    labels = host.split(".")
    if _NUMERIC.fullmatch(labels[-1]):  # as browsers do: what ends in a number is an IPv4 address, or nothing
        try:
            return str(ipaddress.IPv4Address(host))
        except ValueError:
            raise RefusedError(f"is not fetched: {name!r} is an address in an unusual form") from None
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise RefusedError(f"is not fetched: {name!r} is no name of a host")
    return host


def _ascii(name: str) -> str:
    """A host's name as it is looked up: lower case, international letters in their ASCII form."""
    if name.isascii():
        return name.lower()
    import idna

    try:
        return idna.encode(name, uts46=True).decode("ascii").lower()
    except idna.IDNAError:
        raise RefusedError(f"is not fetched: {name!r} is no name of a host") from None
