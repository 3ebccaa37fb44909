"""Serves the portal from one machine: the embedded database, where none is named, and a WSGI server before it."""

import os
import shutil
import socket
import threading
import time
import urllib.request
from collections.abc import Callable
from contextlib import closing, nullcontext
from http import HTTPStatus
from pathlib import Path

from atalaya.exceptions import SettingsError
from atalaya.portal.database import serving_database
from atalaya.portal.jobs.beside import worker_beside
from atalaya.portal.migrating import migrate
from atalaya.portal.warming import keep_warm
from atalaya.settings import read_portal_settings

THREADS = 4
"""Requests that one process works on at once."""

UP_WITHIN = 300
"""Seconds in which a server is up, however busy its machine."""


def serve(
    home: Path, address: str, port: int, workers: int, ready: Callable[[str], None], *, worker: bool = True
) -> None:
    """Serve until interrupted; `ready` is told the address once it answers. Port 0: any free one. `worker`: one runs beside.

    Raises SettingsError where the port cannot be had.
    """
    # A server written in Rust comes slowly; every other command does without it.
    from granian import Granian  # noqa: PLC0415
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    settings = read_portal_settings(os.environ, home)
    with serving_database(settings.home, settings.database) as database:
        chosen = free_port(address, port)
        os.environ["ATALAYA_DATABASE_URL"] = database
        os.environ["ATALAYA_HOME"] = str(settings.home)
        migrate(database, settings.home)
        shutil.rmtree(settings.home / "metrics", ignore_errors=True)  # counts begin anew with the processes that count
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
        threading.Thread(target=_tell, args=(f"http://{address}:{chosen}/", ready), daemon=True).start()
        with worker_beside(settings.home) if worker else nullcontext():
            server.serve()


def _tell(url: str, ready: Callable[[str], None]) -> None:
    """Call `ready` once the portal answers, and keep its first pages warm; never where it does not come up in time."""
    until = time.monotonic() + UP_WITHIN
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{url}salud", timeout=5) as answer:  # noqa: S310 - our own address
                up = answer.status == HTTPStatus.OK
        except OSError:
            up = False
        if up:
            ready(url)
            keep_warm(url)
        time.sleep(0.1)


def free_port(address: str, port: int = 0) -> int:
    """The port if nobody listens on it, for 0 any free one. Raises SettingsError where it cannot be had."""
    with closing(socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise SettingsError(
                f"port {port} of {address} cannot be had ({error.strerror}); give another --port, or 0 for any free one"
            ) from error
        return int(probe.getsockname()[1])
