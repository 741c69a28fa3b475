"""A mail server that takes everything as fast as it comes, for measuring.

``python -m tests.tools.sink`` prints its port, and at the end of its input how much it took.
"""

from __future__ import annotations

import contextlib
import socket
import sys
import threading

_ANSWERS = {
    b"EHLO": b"250-sink\r\n250-SIZE 50000000\r\n250 CHUNKING\r\n",
    b"QUIT": b"221 bye\r\n",
}


class Sink:
    """A server of no memory: ``messages`` and ``bytes`` are what it took."""

    def __init__(self) -> None:
        self.messages = self.bytes = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        waste = memoryview(bytearray(1 << 20))
        with client, client.makefile("rb", buffering=0) as raw, contextlib.suppress(OSError):
            client.sendall(b"220 sink\r\n")
            while line := raw.readline():
                words = line.split()
                command = words[0].upper()
                if command == b"BDAT":
                    left = int(words[1])
                    while left:
                        left -= client.recv_into(waste[: min(left, len(waste))])
                    self.bytes += int(words[1])
                    self.messages += words[-1] == b"LAST"
                if command == b"DATA":
                    client.sendall(b"354 go on\r\n")
                    end = b""
                    while not end.endswith(b"\r\n.\r\n"):
                        got = client.recv_into(waste)
                        end = end[-5:] + bytes(waste[max(0, got - 5) : got])
                        self.bytes += got
                    self.messages += 1
                client.sendall(_ANSWERS.get(command, b"250 ok\r\n"))


def main() -> None:
    """Serve until the input ends."""
    sink = Sink()
    sys.stdout.write(f"{sink.port}\n")
    sys.stdout.flush()
    sys.stdin.read()
    sys.stdout.write(f"{sink.messages} {sink.bytes}\n")


if __name__ == "__main__":
    main()
