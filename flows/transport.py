"""An httpx transport that looks at the address it connects to, not only at the name it was given.

A check before the request could be fooled by a name that resolves to something else a moment later;
here the address that was checked is the one that is connected to.
"""

import contextlib
import socket
import ssl
from collections.abc import Collection, Iterable, Iterator

import httpcore
import httpx

from flows.addresses import find_objection
from schemas.errors import SourceRefused, SourceUnavailable


class GuardedBackend(httpcore.SyncBackend):
    """Resolves a host, refuses unsafe addresses, and connects to one that was checked."""

    def __init__(self, allowed_hosts: Collection[str]) -> None:
        self._allowed_hosts = frozenset(host.casefold() for host in allowed_hosts)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of `host` that answers.

        Raises:
            SourceRefused: one of its addresses is unsafe; all are then distrusted.
            SourceUnavailable: the name cannot be resolved.
        """
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in self._resolve(host, port):
            try:
                return super().connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None
    ) -> httpcore.NetworkStream:
        """Refuse: no source lies behind a socket of this machine."""
        raise SourceRefused(f"{path}: sockets of this machine are not fetched from")

    def _resolve(self, host: str, port: int) -> list[str]:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (socket.gaierror, UnicodeError) as error:
            raise SourceUnavailable(f"{host}: cannot be resolved: {error}") from error
        addresses = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
        if host.casefold() not in self._allowed_hosts:
            for address in addresses:
                if objection := find_objection(address):
                    raise SourceRefused(
                        f"{host}: resolves to {address}, which is {objection}; "
                        "to fetch from it all the same, name the host in HANSA_ALLOWED_HOSTS"
                    )
        return addresses


class GuardedTransport(httpx.BaseTransport):
    """httpx's transport over a guarded backend: HTTP/1.1, verified TLS, no proxies (they would hide the address)."""

    def __init__(self, allowed_hosts: Collection[str] = ()) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=_make_ssl_context(),
            max_connections=20,
            max_keepalive_connections=10,
            keepalive_expiry=10,
            network_backend=GuardedBackend(allowed_hosts),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; redirects are the client's to follow."""
        core_request = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        with _translated_errors():
            response = self._pool.handle_request(core_request)
        assert isinstance(response.stream, Iterable)
        return httpx.Response(
            status_code=response.status,
            headers=response.headers,
            stream=_Body(response.stream),
            extensions=response.extensions,
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    """A response's body, whose errors are httpx's."""

    def __init__(self, stream: Iterable[bytes]) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        with _translated_errors():
            yield from self._stream

    def close(self) -> None:
        if hasattr(self._stream, "close"):
            self._stream.close()


@contextlib.contextmanager
def _translated_errors() -> Iterator[None]:
    """httpcore's errors as httpx's, which the fetcher knows."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise httpx.TimeoutException(str(error) or "timed out") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
        raise httpx.TransportError(str(error) or type(error).__name__) from error


def _make_ssl_context() -> ssl.SSLContext:
    return httpx.create_ssl_context()
