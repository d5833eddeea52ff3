"""A real Redis server as a process of the test's own, and servers that are worse than none."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

BINARY = os.environ.get("TEST_REDIS_SERVER") or shutil.which("redis-server") or shutil.which("valkey-server")
needed = pytest.mark.skipif(not BINARY, reason="no redis-server here: run scripts/services")


class RedisServer:
    """A server on a port of its own that keeps nothing on disk; it can be stopped and started again."""

    def __init__(self, directory: Path, *options: str) -> None:
        self.port = free_port()
        self._command = [str(BINARY), "--port", str(self.port), "--save", "", "--dir", str(directory), *options]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)
        try:
            until(self._listens)
        except AssertionError:
            self.stop()
            raise

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def run(self, *words: str) -> bytes:
        """Send one command and return the raw reply (of at most 64 kB)."""
        with socket.create_connection(("127.0.0.1", self.port), 5) as connection:
            connection.sendall(" ".join(words).encode() + b"\r\n")
            return connection.recv(65536)

    def keys(self) -> list[str]:
        """All keys there are."""
        return [line for line in self.run("KEYS", "*").decode().split("\r\n") if line.startswith("{")]

    def _listens(self) -> bool:
        try:
            return self.run("PING") == b"+PONG\r\n"
        except OSError:
            return False


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(happens: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait for another process or thread."""
    end = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.005)


@contextmanager
def silent_server() -> Iterator[int]:
    """The port of a server that takes connections (the kernel does) and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listening:
        yield listening.getsockname()[1]


@contextmanager
def deaf_server() -> Iterator[int]:
    """The port of a server whose queue is full: a connection to it hangs."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listening:
        port = listening.getsockname()[1]
        waiting = []
        for _ in range(4):
            client = socket.socket()
            client.setblocking(False)
            with suppress(BlockingIOError):
                client.connect(("127.0.0.1", port))
            waiting.append(client)
        yield port
        for client in waiting:
            client.close()
