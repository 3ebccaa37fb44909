"""A page as a PDF that screen readers can read (PDF/UA), made in a process of its own: no network, bounded time and memory.

`python -m atalaya.publish.printing` reads HTML and writes the PDF; `to_pdf` runs it.
"""

import hashlib
import subprocess
import sys
from importlib import resources
from io import BytesIO
from typing import Any

from atalaya.exceptions import AtalayaError

SECONDS = 30
"""Seconds of work that a page may take; one of 25 steps takes 2 to 4."""

MEGABYTES = 1024
"""Memory that a page may take; one of 25 steps takes some 200."""

CHARACTERS = 1_000_000
"""Longest page that is printed."""

PLACE = "package:"
"""How pages name what lies in the package: `package:fonts/name`, below `data/templates/printed`."""


class PrintingError(AtalayaError):
    """A page could not be printed; raised by `to_pdf`."""


def to_pdf(html: str, *, seconds: float = SECONDS, megabytes: int = MEGABYTES) -> bytes:
    """The PDF of a page; the same page gives the same bytes.

    Raises PrintingError where the page is too long, or takes more than the time or the memory given.
    """
    if len(html) > CHARACTERS:
        raise PrintingError(f"the page has {len(html)} characters, and {CHARACTERS} are printed at most; shorten it")
    command = [sys.executable, "-m", "atalaya.publish.printing", str(int(seconds) + 1), str(megabytes)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and only numbers are handed to it
            command, input=html.encode("utf-8", "replace"), capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise PrintingError(f"the page was not printed in {seconds:g} s; print a shorter one") from error
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        told = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise PrintingError(f"the page could not be printed ({told[-1][:200] if told else 'no reason given'})")
    return done.stdout


def _printed(html: str) -> bytes:
    """The PDF of a page, made here. Its package is imported here: it is slow to come, and only this needs it."""
    import weasyprint  # type: ignore[import-untyped] # noqa: PLC0415

    target = BytesIO()
    identifier = hashlib.sha256(html.encode()).hexdigest().encode()
    page = weasyprint.HTML(string=html, url_fetcher=_fetcher(), base_url=PLACE)
    page.write_pdf(target, pdf_variant="pdf/ua-1", pdf_tags=True, pdf_identifier=identifier)
    return target.getvalue()


def _fetcher() -> Any:
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse  # type: ignore[import-untyped] # noqa: PLC0415

    class Packaged(URLFetcher):  # type: ignore[misc]
        """Gives what lies in the package, and nothing else: no network, no files."""

        def fetch(self, url: str, headers: object = None) -> Any:
            del headers
            parts = url.removeprefix(PLACE).split("/")
            folder = resources.files("atalaya").joinpath("data", "templates", "printed")
            if not url.startswith(PLACE) or any(part in ("", ".", "..") for part in parts):
                raise FatalURLFetchingError(f"a printed page may not ask for {url[:100]}")
            return URLFetcherResponse(url, folder.joinpath(*parts).read_bytes())

    return Packaged()


def main() -> None:
    """Read a page from standard input and write its PDF to standard output, within the seconds and megabytes given."""
    import resource  # noqa: PLC0415 - not on every system; where it is not, the caller's time limit holds alone

    seconds, megabytes = (int(word) for word in sys.argv[1:3])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    sys.stdout.buffer.write(_printed(sys.stdin.buffer.read().decode("utf-8")))


if __name__ == "__main__":
    main()
