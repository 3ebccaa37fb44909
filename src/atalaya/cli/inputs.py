"""What a command is given to read: files, folders of files, and addresses of the web, which are fetched first."""

import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import click

from atalaya.clock import system_clock
from atalaya.exceptions import SourceError
from atalaya.fetch.answers import Answer
from atalaya.fetch.client import Client
from atalaya.fetch.documents import policy_of
from atalaya.fetch.gate import Gate
from atalaya.fetch.loop import run
from atalaya.inspection.many import files_in
from atalaya.publish.phrases import failure_text
from atalaya.publish.words import words
from atalaya.rounds.rows import media_type
from atalaya.settings import read_settings
from atalaya.store.archive import Archive

_UNUSUAL = re.compile(r"[^A-Za-z0-9.-]+|^\.+")
_LONGEST = 100
"""Characters of the name under which a fetched file is kept while it is read."""
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read: `name` as the user gave it, `title` as others may know it, where its bytes are, and what the server said
    of it."""

    name: str
    title: str
    path: Path
    url: str | None = None
    media_type: str | None = None


@contextmanager
def inputs(given: Sequence[str], *, local: bool = False) -> Iterator[list[Input]]:
    """The files that are named, those in folders that are named, and those at addresses, in the order given.

    Everything named is looked for before anything is fetched. Raises BadParameter naming what is not there, SourceError naming
    an address that gave no file. Fetched files are gone afterwards.
    """
    found = [_Address(each) if _ADDRESS.match(each) else _files(Path(each)) for each in given]
    with tempfile.TemporaryDirectory(prefix="atalaya-") as folder:
        addresses = [each.url for each in found if isinstance(each, _Address)]
        fetched = iter(run(_fetched(addresses, Path(folder), local))) if addresses else iter(())
        listed: list[Input] = []
        for each in found:
            listed.extend([next(fetched)] if isinstance(each, _Address) else each)
        yield listed


@dataclass(frozen=True, slots=True)
class _Address:
    url: str


def _files(path: Path) -> list[Input]:
    if path.is_dir():
        files = files_in(path)
        if not files:
            raise click.BadParameter(f"the folder {str(path)!r} holds no file", param_hint="FILES")
        return [Input(str(each), str(each.relative_to(path)), each) for each in files]
    if not path.exists():
        raise click.BadParameter(f"there is no file {str(path)!r}", param_hint="FILES")
    if not path.is_file():
        raise click.BadParameter(f"{str(path)!r} is not a file", param_hint="FILES")
    if not os.access(path, os.R_OK):
        raise click.BadParameter(f"{str(path)!r} may not be read by you", param_hint="FILES")
    return [Input(str(path), path.name, path)]


async def _fetched(urls: Sequence[str], folder: Path, local: bool) -> list[Input]:
    settings = read_settings(os.environ)
    clock = system_clock()
    archive = Archive(folder / "archive")
    policy = policy_of(settings, local=local)
    async with Client(settings, archive, Gate(settings.home / "gate", settings, clock), clock) as client:
        return [_kept(await client.fetch(url, policy), archive, folder / str(place)) for place, url in enumerate(urls)]


def _kept(answer: Answer, archive: Archive, folder: Path) -> Input:
    """The file that an answer is, in a folder of its own. Raises SourceError saying why there is none and what to do."""
    url = answer.requested_url
    if answer.failure is not None:
        why = failure_text(words("en", ""), answer.failure.value)
        told = f" ({answer.detail})" if answer.detail else ""
        raise SourceError(f"{url}: {why}{told}; download the file and give its name instead")
    if not answer.ok or answer.blob is None:
        raise SourceError(f"{url}: HTTP status {answer.status}; look at the address in a browser")
    folder.mkdir()
    path = folder / (_UNUSUAL.sub("_", urlsplit(answer.final_url).path.rpartition("/")[2])[-_LONGEST:] or "file")
    archive.extract(answer.blob.sha256, path)
    return Input(url, url, path, answer.final_url, media_type(answer.headers.get("content-type")))
