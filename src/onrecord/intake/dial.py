"""The socket under a request: dials an address that was checked, and lets no request outlive its time."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore2
import httpx2

from onrecord.intake.addresses import Guard


class Dialler(httpcore2.NetworkBackend):
    """Looks a host up once, checks every address of it, and connects to the first that answers.

    TLS is still spoken with the host's name, and the certificate checked against it.  ``deadline`` is
    of the monotonic clock; it holds for connecting and for every read and write.
    """

    def __init__(self, guard: Guard, deadline: float) -> None:
        self.guard, self.deadline = guard, deadline
        self.backend = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """A stream to one of the host's checked addresses; the last one's error when none answers."""
        addresses = self.guard.addresses(host, port)
        for address in addresses[:-1]:
            try:
                return self._connect(address, port, timeout)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue
        return self._connect(addresses[-1], port, timeout)

    def _connect(self, address: str, port: int, timeout: float | None) -> httpcore2.NetworkStream:
        return Timed(self.backend.connect_tcp(address, port, _left(self.deadline, timeout)), self.deadline)

    def connect_unix_socket(self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None) -> Any:
        """Never: a socket of this machine is no address of the net."""
        raise httpcore2.ConnectError("sockets of this machine are not dialled")


class Timed(httpcore2.NetworkStream):
    """A stream that ends at a deadline, however slowly its bytes drip."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float) -> None:
        self.stream, self.deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """As the stream's own."""
        return self.stream.read(max_bytes, _left(self.deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """As the stream's own."""
        self.stream.write(buffer, _left(self.deadline, timeout))

    def close(self) -> None:
        """As the stream's own."""
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """The same stream with TLS over it."""
        return Timed(self.stream.start_tls(ssl_context, server_hostname, _left(self.deadline, timeout)), self.deadline)

    def get_extra_info(self, info: str) -> Any:
        """As the stream's own."""
        return self.stream.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float:
    """The seconds a step may take; ReadTimeout when there are none left."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore2.ReadTimeout("the time for the whole request is over")
    return left if timeout is None else min(left, timeout)


class Transport(httpx2.BaseTransport):
    """httpx2's way to the net, by a dialler: no proxy, no pool that outlives a request, HTTP/1.1."""

    def __init__(self, guard: Guard, deadline: float) -> None:
        self.pool = httpcore2.ConnectionPool(max_connections=1, http2=False, network_backend=Dialler(guard, deadline))

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request that httpx2 has made; errors are httpcore2's."""
        url = request.url
        sent = httpcore2.Request(
            method=request.method,
            url=httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        got = self.pool.handle_request(sent)
        return httpx2.Response(got.status, headers=got.headers, stream=_Body(got), extensions=got.extensions)

    def close(self) -> None:
        """Close what is still open."""
        self.pool.close()


class _Body(httpx2.SyncByteStream):
    def __init__(self, response: httpcore2.Response) -> None:
        self.response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self.response.iter_stream()

    def close(self) -> None:
        self.response.close()
