"""What comes with a form: files only to pages that take them, streamed to the disk, and never more than they say.

A file that arrives lies in a file without a name: when the process ends, however it ends, it is gone.
"""

import os
import tempfile
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse

from atalaya.portal.core.pages import page
from atalaya.portal.core.private import kept_private
from atalaya.portal.files.keeping import folder_of

FORM = 3_000_000
"""Bytes of a request to a page that takes no files."""
AROUND = 200_000
"""Bytes of what stands around the files of a form."""

View = Callable[..., HttpResponse]


def takes_files(largest: int, most: int = 1) -> Callable[[View], View]:
    """A page whose form takes files: at most `most`, of `largest` bytes each. It stands above all other decorators."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
            return view(request, *arguments, **named)

        answer.file_room = (largest, most)  # type: ignore[attr-defined]
        return answer

    return decorate


class Room:
    """Middleware, before whatever reads a form: refuses with 413 what is larger than its page takes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on."""
        return self._get_response(request)

    def process_view(self, request: HttpRequest, view: View, _arguments: object, _named: object) -> HttpResponse | None:
        """Look at the stated length, which is all that is ever read of a request."""
        largest, most = getattr(view, "file_room", (0, 0))
        request.file_room = (largest, most)
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0
        if length <= (largest * most + AROUND if most else FORM):
            return None
        request.is_private = True
        return kept_private(
            page(request, "files/too_large.html", status=413, most=(largest * most or FORM) // 1_000_000)
        )


class Streamed(FileUploadHandler):
    """Writes the files of a form to the disk, for pages that take them; what others are sent is passed over."""

    chunk_size = 1 << 18

    def new_file(self, *arguments: Any, **named: Any) -> None:
        """Begin a file."""
        super().new_file(*arguments, **named)
        largest, most = getattr(self.request, "file_room", (0, 0))
        self._count = getattr(self, "_count", 0) + 1
        if self._count > most:
            raise SkipFile
        self._room = largest + 1
        folder = folder_of(Path(settings.ATALAYA_HOME))
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed with the request

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece; beyond what may be sent nothing more is written, and the file is refused for its size."""
        del start
        if self._room > 0:
            self.file.write(raw_data[: self._room])
            self._room -= len(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        """End a file."""
        file = self.file
        del self.file  # what the handler still has is closed by Django when another file is passed over
        file.seek(0, os.SEEK_SET)
        return UploadedFile(
            file=file, name=self.file_name, content_type=self.content_type, size=file_size, charset=self.charset
        )
