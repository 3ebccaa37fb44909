"""Lines of the log, as text or as JSON, without personal data: no address of who asked, no query, no path, no error's message.

What is told of a request is its route and its status; of an error its class and where it was raised. The messages of errors hold
values: that of a repeated e-mail address, for one.
"""

import json
import logging
import traceback
from datetime import UTC, datetime

from atalaya.portal.core.metering import route_of

OURS = ("atalaya",)
"""Loggers whose messages are our own words: they are told. Those of others are told by their pattern, without what is put in."""


def facts(record: logging.LogRecord) -> dict[str, object]:
    """What a line tells of a record."""
    said: dict[str, object] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": record.getMessage() if record.name.startswith(OURS) else str(record.msg),
    }
    request, status = getattr(record, "request", None), getattr(record, "status_code", None)
    if request is not None:
        said |= {"route": route_of(request), "method": str(getattr(request, "method", ""))}
    if status is not None:
        said["status"] = status
    if record.exc_info and record.exc_info[0] is not None:
        said["error"] = record.exc_info[0].__qualname__
        said["at"] = [
            f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(record.exc_info[2])
        ]
    return said


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(facts(record), ensure_ascii=False)


class TextLines(logging.Formatter):
    """One line of text, and one more for each place that an error passed."""

    def format(self, record: logging.LogRecord) -> str:
        said = facts(record)
        places = said.pop("at", [])
        assert isinstance(places, list)
        return "\n  ".join([" ".join(f"{name}={value}" for name, value in said.items()), *places])
