"""Backup, destroy, restore, on a home folder: are the pages the same bytes, and the sealed tables the same hashes?

    python -m benchmarks.restore_trial demo/home
    python -m benchmarks.restore_trial demo/home --place s3://bucket/trial --pages 500

It works on a copy: the home folder that is named is only read, and must not be in use. The copy is served and every page that
its maps and lists lead to is asked for, up to `--pages`; it is backed up to `--place` and deleted, restored, and served and asked
again. Ends with 1 where anything differs.
"""

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urljoin
from urllib.request import urlopen

from atalaya.store.manifest import read_manifest

_LINK = re.compile(rb'href="(/[^"#]*)"')
_PLACE = re.compile(rb"http://127\.0\.0\.1:\d+")
"""The portal's own address, which has another port each time it is served."""


_APART = re.compile(r"^(/en)?/(cuenta|reportar)/|formato=xlsx")
"""What is made for who asks, and workbooks, which carry the moment at which they were made."""


@contextmanager
def served(home: Path) -> Iterator[str]:
    """The portal over a home folder, by its address."""
    command = [sys.executable, "-m", "atalaya", "portal", "serve", "--port", "0", "--home", str(home)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        found = re.search(r"http://\S+/", process.stdout.readline())
        if found is None:
            raise SystemExit(f"the portal over {home} did not come up")
        yield found[0]
    finally:
        process.terminate()
        process.wait(30)


def pages(address: str, most: int) -> dict[str, str]:
    """The hashes of the pages that the first one leads to, by path, breadth first."""
    waiting, seen = ["/"], {"/"}
    found: dict[str, str] = {}
    while waiting and len(found) < most:
        path = waiting.pop(0)
        try:
            with urlopen(urljoin(address, path), timeout=60) as answer:
                body, kind = _PLACE.sub(b"", answer.read()), answer.headers.get_content_type()
        except HTTPError as error:
            raise SystemExit(f"{path} answers {error.code}: load the portal anew before the trial") from error
        found[path] = hashlib.sha256(body).hexdigest()
        for each in _LINK.findall(body) if kind == "text/html" else ():
            link = each.decode().replace("&amp;", "&")
            if link not in seen and not _APART.search(link):
                seen.add(link)
                waiting.append(link)
    return found


def tables(home: Path) -> dict[str, dict[str, str]]:
    """The content hashes of every sealed observation."""
    return {
        path.parent.name: read_manifest(path.parent).content_hashes()
        for path in home.glob("observations/*/*/manifest.json")
    }


def run(*words: str) -> float:
    """Run a command of Atalaya; gives its seconds."""
    start = time.monotonic()
    subprocess.run([sys.executable, "-m", "atalaya", *words], check=True)
    return time.monotonic() - start


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("--place", help="where the backup goes; a folder of its own where none is named")
    parser.add_argument("--pages", type=int, default=200)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="trial-") as folder:
        home, place = Path(folder) / "home", given.place or str(Path(folder) / "backups")
        secret = Path(folder) / "passphrase"
        secret.write_text("only for this trial\n", encoding="utf-8")
        keys = ("--passphrase-file", str(secret))
        subprocess.run(["cp", "-a", str(given.home), str(home)], check=True)  # the database belongs to another user
        with served(home) as address:
            before = pages(address, given.pages)
            taken = run("backup", place, "--keys", "encrypted", *keys, "--home", str(home))  # while it is served
        hashes = tables(home)
        shutil.rmtree(home)
        again = run("restore", place, *keys, "--home", str(home))
        with served(home) as address:
            after = pages(address, given.pages)
        differing = sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
        same = tables(home) == hashes
    print(
        f"{len(before)} pages, {len(differing)} differ; {len(hashes)} observations, hashes {'equal' if same else 'DIFFER'}"
    )
    print(f"backup {taken:.1f} s, restore {again:.1f} s")
    for path in differing[:20]:
        print(f"  differs: {path}")
    return 1 if differing or not same or not before else 0


if __name__ == "__main__":
    sys.exit(main())
