# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The server as it is started: whom it waits for, and what it says of itself."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
import uvicorn

from api.guards.asgi import Receive, Scope, Send
from api.guards.crowd import MOST_AT_ONCE, Crowd
from api.guards.headers import Headers
from minga.patience import LARGEST_HEAD, LAST_RESORT, MOST_CONNECTIONS, MOST_HEADERS, Patience, server_options

REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
HEADERS_TAKE = 0.3
MOST = 3


class Hasty(Patience):
    """As in service, but tests do not wait ten seconds, nor open hundreds of connections."""

    headers_take = HEADERS_TAKE
    most_connections = MOST


async def _answer(scope: Scope, _: Receive, send: Send) -> None:
    assert scope["type"] == "http"
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


@pytest.fixture
def port() -> Iterator[int]:
    """A server with the options of service, on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        options = {**server_options(behind_proxy=False), "http": Hasty, "lifespan": "off"}
        server = uvicorn.Server(uvicorn.Config(Headers(Crowd(_answer)), **options))
        running = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        running.start()
        yield listening.getsockname()[1]
        server.should_exit = True
        running.join(timeout=10)


def _connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=5)


def test_a_client_that_says_nothing_or_little_is_not_waited_for(port: int) -> None:
    for said in (b"", b"GET / HTTP/1.1\r\nHost: loc"):
        with _connect(port) as client:
            client.sendall(said)
            began = time.monotonic()
            assert client.recv(100) == b""
            assert HEADERS_TAKE / 2 < time.monotonic() - began < 3


def test_a_client_that_speaks_letter_by_letter_is_cut_off(port: int) -> None:
    def speak(client: socket.socket) -> None:
        for letter in b"GET / HTTP/1.1\r\nX: " + b"x" * 100:
            client.sendall(bytes([letter]))
            time.sleep(0.05)

    with _connect(port) as client, pytest.raises((BrokenPipeError, ConnectionResetError)):
        speak(client)


def test_a_whole_request_is_answered_without_a_word_about_the_server(port: int) -> None:
    with _connect(port) as client:
        client.sendall(REQUEST)
        answer = client.recv(1000).lower()
        assert answer.startswith(b"http/1.1 204")
        assert b"date:" in answer
        assert b"server:" not in answer


def test_one_connection_too_many_hears_the_problem_and_is_closed(port: int) -> None:
    with ExitStack() as held:
        for _ in range(MOST):
            client = held.enter_context(_connect(port))
            client.sendall(REQUEST)
            assert client.recv(1000).startswith(b"HTTP/1.1 204")
        last = held.enter_context(_connect(port))
        last.sendall(REQUEST)
        answer = b"".join(iter(lambda: last.recv(4000), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 503")
    told = {line.lower() for line in head.split(b"\r\n")}
    assert told >= {
        b"content-type: application/problem+json",
        b"retry-after: 5",
        b"connection: close",
        b"x-content-type-options: nosniff",
        b"cache-control: no-store",
    }
    assert json.loads(body)["code"] == "health.crowded"


def _head(*, headers: int = 1, of: int = 1, address: int = 1) -> bytes:
    """A request of so many headers beside its Host, each with a value of so many bytes, for an address of so many."""
    more = b"".join(b"X%d: %s\r\n" % (number, b"x" * of) for number in range(headers))
    return b"GET /%s HTTP/1.1\r\nHost: localhost\r\n%s\r\n" % (b"a" * (address - 1), more)


def test_a_head_as_large_as_it_may_be_is_answered(port: int) -> None:
    for said in (_head(headers=MOST_HEADERS - 1), _head(of=LARGEST_HEAD - 100), _head(address=LARGEST_HEAD - 100)):
        for cut in (0, len(said) // 2):
            with _connect(port) as client:
                client.sendall(said[:cut])
                time.sleep(0.01)
                client.sendall(said[cut:])
                assert client.recv(1000).startswith(b"HTTP/1.1 204")


@pytest.mark.parametrize(
    "said",
    [_head(headers=MOST_HEADERS), _head(of=LARGEST_HEAD), _head(address=LARGEST_HEAD), _head(headers=1000)],
    ids=["one header too many", "a long header", "a long address", "a thousand headers"],
)
def test_a_head_too_large_is_refused_with_the_headers_of_every_answer(said: bytes, port: int) -> None:
    with _connect(port) as client:
        client.sendall(said)
        answer = client.recv(2000)
    assert answer.startswith(b"HTTP/1.1 431 ")
    assert b"x-content-type-options: nosniff\r\n" in answer
    assert b"connection: close\r\n" in answer


def test_a_header_without_an_end_is_not_read_on(port: int) -> None:
    with _connect(port) as client:
        for piece in (b"GET / HTTP/1.1\r\nX: ", *[b"x" * (LARGEST_HEAD // 2 + 1)] * 2):
            client.sendall(piece)
            time.sleep(0.02)
        assert client.recv(2000).startswith(b"HTTP/1.1 431 ")


def test_on_one_connection_each_head_is_counted_for_itself(port: int) -> None:
    with _connect(port) as client:
        for _ in range(5):
            client.sendall(_head(of=LARGEST_HEAD // 2))
            assert client.recv(1000).startswith(b"HTTP/1.1 204")


def test_ours_is_the_first_bound_and_the_servers_the_last_resort() -> None:
    assert server_options(behind_proxy=False)["limit_concurrency"] == LAST_RESORT
    assert MOST_AT_ONCE < MOST_CONNECTIONS < LAST_RESORT


def test_what_is_no_http_is_answered_with_the_headers_of_every_answer(port: int) -> None:
    with _connect(port) as client:
        client.sendall(b"\x16\x03\x01 hello\r\n\r\n")
        answer = client.recv(2000)
        assert answer.startswith(b"HTTP/1.1 400")
        assert b"x-content-type-options: nosniff\r\n" in answer
        assert b"cache-control: no-store\r\n" in answer


def test_only_a_proxy_that_there_is_may_say_who_the_client_is() -> None:
    assert [server_options(behind_proxy=there)["proxy_headers"] for there in (True, False)] == [True, False]
    assert server_options(behind_proxy=True)["forwarded_allow_ips"] == "127.0.0.1"
    assert (server_options(behind_proxy=True)["loop"], server_options(behind_proxy=True)["access_log"]) == (
        "uvloop",
        False,
    )
