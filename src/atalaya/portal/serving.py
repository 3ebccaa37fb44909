"""Serves the portal from one machine: the embedded database, where none is named, and a WSGI server before it."""

import os
import socket
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from atalaya.portal.database import serving_database
from atalaya.settings import read_portal_settings

THREADS = 4
"""Requests that one process works on at once."""


def serve(home: Path, address: str, port: int, workers: int, ready: Callable[[str], None]) -> None:
    """Serve until interrupted; `ready` is told the address once, before the server takes over. Port 0: any free one."""
    # A server written in Rust comes slowly; every other command does without it.
    from granian import Granian  # noqa: PLC0415
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    settings = read_portal_settings(os.environ, home)
    with serving_database(settings.home, settings.database) as database:
        chosen = port or free_port(address)
        os.environ["ATALAYA_DATABASE_URL"] = database
        os.environ["ATALAYA_HOME"] = str(settings.home)
        os.environ["ATALAYA_HOSTS"] = ",".join({*settings.hosts, address})
        server = Granian(
            "atalaya.portal.wsgi:application",
            address=address,
            port=chosen,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=THREADS,
            log_access=False,
            log_level=LogLevels.warning,
        )
        server.on_startup(lambda: ready(f"http://{address}:{chosen}/"))
        server.serve()


def free_port(address: str) -> int:
    """A port that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind((address, 0))
        return int(probe.getsockname()[1])
