"""A way to a server that is cut at random: after some bytes, in one direction or the other."""

from __future__ import annotations

import contextlib
import random
import select
import socket
import struct
import threading
from collections.abc import Callable

_ANSWERS = 6000  # bytes that a server says in signing in, and in taking half a dozen messages


class Cutter:
    """Passes connections on to a port, and cuts so many of them; ``port`` is where it listens.

    ``bytes_before`` draws how many bytes pass before a cut.
    """

    def __init__(
        self, target: int, cuts: int, bytes_before: Callable[[random.Random], int]
    ) -> None:
        self._target, self._wanted, self._bytes_before = target, cuts, bytes_before
        self._chance = random.Random(cuts)  # noqa: S311  # no secret
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self.cuts = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._pass_on, args=(client,), daemon=True).start()

    def _pass_on(self, client: socket.socket) -> None:
        server = socket.create_connection(("127.0.0.1", self._target))
        cuts = self.cuts < self._wanted
        from_client = self._chance.random() < 0.5
        left = self._bytes_before(self._chance) if from_client else self._chance.randrange(_ANSWERS)
        with client, server, contextlib.suppress(OSError):
            for one in (client, server):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while True:
                ready, _, _ = select.select([client, server], [], [])
                for source in ready:
                    data = source.recv(65536)
                    if not data:
                        return
                    target = server if source is client else client
                    counted = cuts and (source is client) == from_client
                    if counted and len(data) >= left:
                        target.sendall(data[:left])
                        self.cuts += 1
                        _break(client)
                        _break(server)
                        return
                    left -= len(data) if counted else 0
                    target.sendall(data)


def _break(one: socket.socket) -> None:
    """End a connection as a pulled plug does: without a goodbye."""
    one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    one.close()
