"""A mail server on loopback that remembers what it took, and can be told to misbehave at any moment of a letter."""

import re
import socketserver
import threading
from collections import Counter
from collections.abc import Callable


class MailServer(socketserver.ThreadingTCPServer):
    """`taken` counts the letters that arrived whole by Message-ID; `at` is called with the name of every moment.

    What `at` gives is answered in place of the usual; None: the usual; "hang up": the line is closed without an answer.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.taken: Counter[str] = Counter()
        self.letters: list[str] = []
        self.at: Callable[[str], str | None] = lambda moment: None

    def __enter__(self) -> "MailServer":
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()


class _Talk(socketserver.StreamRequestHandler):
    server: MailServer

    def say(self, moment: str, usual: str) -> bool:
        told = self.server.at(moment)
        if told == "hang up":
            return False
        self.wfile.write(f"{told or usual}\r\n".encode())
        return True

    def handle(self) -> None:
        try:
            self.talk()
        except OSError:
            return

    def talk(self) -> None:
        going = self.say("connect", "220 here")
        while going and (line := self.rfile.readline().decode("ascii", "replace").strip()):
            word = line.split(":")[0].split()[0].upper()
            if word == "DATA":
                going = self.say("data", "354 go on") and self.take()
            elif word == "QUIT":
                self.say("quit", "221 bye")
                going = False
            else:
                going = self.say(word.lower(), "250 good")

    def take(self) -> bool:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        if not line:
            return False
        text = b"".join(lines).decode()
        told = self.server.at("whole")
        if told and told.startswith(("4", "5")):
            self.wfile.write(f"{told}\r\n".encode())
            return True
        self.server.letters.append(text)
        found = re.search(r"^Message-ID: (<[^>]+>)", text, re.MULTILINE | re.IGNORECASE)
        self.server.taken[found[1] if found else "none"] += 1
        return told != "hang up" and self.say("answer", "250 taken")
