"""Servers on loopback that answer however badly a test wants."""

import socket
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from threading import Thread

import pytest

Answer = Callable[[socket.socket, bytes], bytes | None]


class Server:
    """Gives each request's head, and its connection, to a function.

    Bytes that it returns are sent, and the connection is kept; with None it is closed.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.connections: list[socket.socket] = []
        self.threads = [Thread(target=self.accept)]
        self.threads[0].start()

    def accept(self) -> None:
        with suppress(OSError):  # the listener was shut down
            while True:
                connection, _ = self.listener.accept()
                self.connections.append(connection)
                thread = Thread(target=self.talk, args=(connection,))
                self.threads.append(thread)
                thread.start()

    def talk(self, connection: socket.socket) -> None:
        with closing(connection), suppress(OSError):  # the client may leave whenever it likes
            while (head := read_head(connection)) and (said := self.answer(connection, head)):
                connection.sendall(said)

    def close(self) -> None:
        for place in (self.listener, *self.connections):
            with suppress(OSError):
                place.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for thread in self.threads:
            thread.join()


def read_head(connection: socket.socket) -> bytes:
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        data = connection.recv(4096)
        if not data:
            return b""
        head += data
    return head


@pytest.fixture
def serve() -> Iterator[Callable[[Answer], int]]:
    """Start a server on loopback for the length of a test; its port comes back."""
    servers: list[Server] = []

    def start(answer: Answer) -> int:
        servers.append(Server(answer))
        return servers[-1].port

    yield start
    for server in servers:
        server.close()
