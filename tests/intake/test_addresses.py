"""What may be fetched: every way of naming a private address is refused before a single packet is sent."""

from __future__ import annotations

import http.server
import ipaddress
import socket
import threading

import pytest

from onrecord.intake.addresses import Guard, RefusedError, Target, is_public
from onrecord.intake.fetch import Clock, Fetcher, Manners
from onrecord.record import InputError

ALL_PORTS = frozenset(range(65_536))


class Trap(http.server.BaseHTTPRequestHandler):
    """Counts whoever comes."""

    hits = 0

    def handle(self):
        type(self).hits += 1


class TrapServer(http.server.ThreadingHTTPServer):
    address_family = socket.AF_INET6 if socket.has_dualstack_ipv6() else socket.AF_INET

    def server_bind(self):
        if self.address_family == socket.AF_INET6:
            self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        return super().server_bind()


@pytest.fixture(scope="module")
def trap():
    """A server on every address of this machine, which nobody may reach."""
    with TrapServer(("::" if TrapServer.address_family == socket.AF_INET6 else "", 0), Trap) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield server.server_address[1]
        server.shutdown()


FORMS = [
    "http://127.0.0.1:{port}/",
    "http://127.0.0.2:{port}/",
    "http://localhost:{port}/",
    "http://LOCALHOST:{port}/",
    "http://localhost.:{port}/",
    "http://127.0.0.1.:{port}/",
    "http://127.1:{port}/",
    "http://127.0.1:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f000001:{port}/",
    "http://0x7f.0.0.1:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://017700000001:{port}/",
    "http://00127.0.0.1:{port}/",
    "http://0:{port}/",
    "http://0.0.0.0:{port}/",
    "http://[::1]:{port}/",
    "http://[::]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[::127.0.0.1]:{port}/",
    "http://[0:0:0:0:0:ffff:7f00:0001]:{port}/",
    "http://[64:ff9b::127.0.0.1]:{port}/",
    "http://[2002:7f00:1::]:{port}/",
    "http://[2001:0:7f00:1::]:{port}/",
    "http://[::1%25lo]:{port}/",
    "http://courier.example@127.0.0.1:{port}/",
    "http://courier.example:80@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}\\@courier.example/",
    "http://courier.example\\@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}#@courier.example/",
    "http://１２７.０.０.１:{port}/",
    "http://①②⑦.⓪.⓪.①:{port}/",
    "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:{port}/",
    "http://127。0。0。1:{port}/",
    "http://127.0.0.1%00.courier.example:{port}/",
    "http://127.0.0.1\t.courier.example:{port}/",
    "http:127.0.0.1:{port}/",
    "http:///127.0.0.1:{port}/",
    "//127.0.0.1:{port}/",
    "ftp://127.0.0.1:{port}/",
    "file:///etc/hostname",
    "gopher://127.0.0.1:{port}/_GET",
    "data:text/html,x",
    "http://:{port}/",
    "http://[127.0.0.1]:{port}/",
    "http://127.0.0.1:99999/",
    "http://127.0.0.1:{port}x/",
]


@pytest.mark.parametrize("named", [False, True], ids=["linked", "named"])
@pytest.mark.parametrize("form", FORMS)
def test_no_form_of_a_private_address_is_reached(form, named, trap):
    fetcher = Fetcher(Guard(ports=ALL_PORTS), Manners(delay=0, tries=1), clock=Clock(sleep=lambda _: None))
    with pytest.raises(InputError):
        fetcher.get(form.format(port=trap), named)
    assert Trap.hits == 0


def test_the_trap_would_spring(trap):
    """The forms are refused by the law, not because nobody listens."""
    with socket.create_connection(("127.0.0.1", trap), 5):
        pass
    for _ in range(100):
        if Trap.hits:
            break
        threading.Event().wait(0.02)
    assert Trap.hits == 1
    Trap.hits = 0


def test_a_name_whose_addresses_are_partly_private_is_refused(trap):
    guard = Guard(ports=ALL_PORTS, look_up=lambda host, port: ["93.184.215.14", "127.0.0.1"])
    with pytest.raises(RefusedError, match=r"127\.0\.0\.1, which is no public address"):
        Fetcher(guard, Manners(delay=0, tries=1)).get(f"http://courier.example:{trap}/")
    assert Trap.hits == 0


def test_a_name_is_looked_up_once_a_request_so_that_its_answer_cannot_change(trap):
    """DNS rebinding: the first look-up gives an address that is allowed, every later one the trap's."""
    asked = []

    def look_up(host, port):
        asked.append(host)
        return ["127.0.0.3"] if len(asked) == 1 else ["127.0.0.1"]

    guard = Guard((ipaddress.ip_network("127.0.0.3/32"),), ALL_PORTS, look_up)
    assert guard.addresses("courier.example", trap) == ("127.0.0.3",)
    with pytest.raises(RefusedError):
        guard.addresses("courier.example", trap)
    asked.clear()
    with pytest.raises(InputError):  # the trap hangs up; what counts is where it was reached
        Fetcher(guard, Manners(delay=0, tries=1)).get(f"http://courier.example:{trap}/")
    assert asked == ["courier.example"]
    Trap.hits = 0


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.255.0.1",
        "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.170", "192.0.2.1", "192.88.99.1",
        "192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250",
        "240.0.0.1", "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:8.8.8.8", "::ffff:10.0.0.1", "64:ff9b::808:808",
        "64:ff9b:1::1", "100::1", "2001::1", "2001:2::1", "2001:10::1", "2001:db8::1", "2002:808:808::1", "3fff::1",
        "5f00::1", "fc00::1", "fd12::1", "fe80::1", "fe80::1%eth0", "2606:4700::1%eth0", "fec0::1", "ff02::1", "ff0e::1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(address):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "1.1.1.1", "93.184.215.14", "100.63.255.255", "100.128.0.1", "172.32.0.1", "2606:4700::1111"]
)
def test_addresses_that_are_public(address):
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("http://courier.example", Target("http", "courier.example", 80, "/")),
        ("HTTPS://Courier.Example:443/a%20b?q=1&r=ü#top", Target("https", "courier.example", 443, "/a%20b?q=1&r=%C3%BC")),
        ("http://bücher.example/ä", Target("http", "xn--bcher-kva.example", 80, "/%C3%A4")),
        ("http://courier.example./", Target("http", "courier.example", 80, "/")),
        ("http://[2606:4700::1111]/", Target("http", "2606:4700::1111", 80, "/")),
        ("http://8.8.8.8/", Target("http", "8.8.8.8", 80, "/")),
    ],
)
def test_a_url_is_read_one_way(url, target):
    assert Guard().vet(url) == target
    assert Guard().vet(target.url) == target


@pytest.mark.parametrize("port", [22, 25, 3306, 6379, 8080, 0])
def test_other_ports_are_refused(port):
    with pytest.raises(RefusedError, match="neither 80 nor 443"):
        Guard().vet(f"http://courier.example:{port}/")


def test_a_port_that_the_user_named_is_allowed_on_that_host_alone():
    named = Guard().vet_named("http://courier.example:8080/")
    assert Guard().vet("http://courier.example:8080/next", named).port == 8080
    for other in ("http://courier.example:8081/", "http://other.example:8080/"):
        with pytest.raises(RefusedError):
            Guard().vet(other, named)


def test_an_unknown_host_is_refused():
    def look_up(host, port):
        raise socket.gaierror("Name or service not known")

    with pytest.raises(RefusedError, match="not known"):
        Guard(look_up=look_up).addresses("no.such.example", 80)


@pytest.mark.parametrize(
    "url", ["http://" + "a" * 5_000 + ".example/", "http://a..b/", "http://-a-.example/", "http://a b/", "http://[zz]/", "x"]
)
def test_what_is_no_url_is_refused(url):
    with pytest.raises(RefusedError):
        Guard().vet(url)
