"""A mail server that answers as a script says, to try what a real one seldom does."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Mapping

CUT, HANG = "cut", "hang"
"""Instead of an answer: end the connection, or say nothing for good."""

_USUAL = {
    "greeting": "220 script",
    "EHLO": "250-script\r\n250-SIZE 30000000\r\n250-AUTH PLAIN LOGIN XOAUTH2\r\n250 CHUNKING",
    "AUTH": "235 2.7.0 ok",
    "MAIL": "250 2.1.0 ok",
    "RCPT": "250 2.1.5 ok",
    "BDAT": "250 2.0.0 bytes received",
    "LAST": "250 2.0.0 queued",
    "DATA": "354 go on",
    ".": "250 2.0.0 queued",
    "RSET": "250 2.0.0 ok",
    "QUIT": "221 2.0.0 bye",
}


class Script:
    """A server whose ``answers`` replace the usual ones, by command; ``said`` is what it heard."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self._answers = {**_USUAL, **answers}
        self.said: list[str] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._ends = threading.Event()
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def close(self) -> None:
        """End the server and its connections."""
        self._ends.set()
        # A thread that waits in accept() keeps the socket: let it go.
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        self._listener.close()
        for thread in list(self._threads):
            thread.join(5)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while not self._ends.is_set():
                client, _ = self._listener.accept()
                thread = threading.Thread(target=self._serve, args=(client,), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _serve(self, client: socket.socket) -> None:
        with client, client.makefile("rb") as lines, contextlib.suppress(OSError):
            going = self._answer(client, "greeting")
            while going and (line := lines.readline()):
                words = line.decode("utf-8", "replace").split()
                command = words[0].upper() if words else ""
                self.said.append(line.decode("utf-8", "replace").strip())
                if command == "BDAT":
                    lines.read(int(words[1]))
                    command = "LAST" if words[-1] == "LAST" else command
                going = self._answer(client, command)
                if command == "DATA" and going and self._answers["DATA"].startswith("354"):
                    while (line := lines.readline()) not in (b".\r\n", b""):
                        pass
                    going = bool(line) and self._answer(client, ".")
                going = going and command != "QUIT"

    def _answer(self, client: socket.socket, command: str) -> bool:
        """Answer a command; return whether the connection goes on."""
        answer = self._answers.get(command, "500 5.5.1 what?")
        if answer == HANG:
            self._ends.wait()
        if answer in (CUT, HANG):
            return False
        client.sendall(answer.encode() + b"\r\n")
        return True
