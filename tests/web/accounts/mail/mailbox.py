"""A real SMTP server on this machine, as small as RFC 5321 lets it be."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from email.message import EmailMessage

from tests.serving import PATIENCE


class Mailbox:
    """Takes mail on a port of its own. refusing: answer “try again later”."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.arrived = threading.Condition()
        self.refusing = False
        mailbox = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.say("220 here")
                while line := self.rfile.readline():
                    word = line.split()[0].upper() if line.split() else b""
                    if word == b"DATA" and not mailbox.refusing:
                        self.say("354 go on")
                        lines = []
                        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
                            lines.append(line.removeprefix(b"."))
                        found = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
                        with mailbox.arrived:
                            mailbox.mails.append(found)
                            mailbox.arrived.notify_all()
                    elif word == b"QUIT":
                        self.say("221 bye")
                        return
                    self.say("451 later" if mailbox.refusing and word == b"MAIL" else "250 ok")

            def say(self, words: str) -> None:
                self.wfile.write(f"{words}\r\n".encode())

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port: int = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def wait(self, count: int = 1) -> list[EmailMessage]:
        """The mails, when so many have come."""
        with self.arrived:
            self.arrived.wait_for(lambda: len(self.mails) >= count, timeout=PATIENCE)
        assert len(self.mails) == count, [mail["Subject"] for mail in self.mails]
        return self.mails

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
