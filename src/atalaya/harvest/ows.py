"""What OGC services share: exception reports, which come with HTTP 200 too, and the contact of a service.

OGC 06-121r9 (OWS Common) for `ExceptionReport`; OGC 06-042 (WMS 1.3.0), annex, for `ServiceExceptionReport`.
"""

from xml.etree.ElementTree import Element

from atalaya.harvest.elements import local, plain
from atalaya.harvest.visits import Refusal, Visit, landed

TEXT_LIMIT = 200
"""Characters of an exception that are told."""

_REPORTS = ("ExceptionReport", "ServiceExceptionReport", "ServiceException", "Exception", "Fault")


def refusal_of(root: Element, visit: Visit) -> Refusal | None:
    """The exception that an answer reports; None where it is no report of one."""
    if local(root) == "Envelope":
        root = next((item for item in root.iter() if local(item) == "Fault"), root)
    if local(root) not in _REPORTS:
        return None
    said = [text for item in root.iter() if (text := plain(item.text)) is not None]
    codes = [value for item in root.iter() for name in ("exceptionCode", "code") if (value := item.get(name))]
    words = " ".join(" ".join([*codes[:1], *said[:2]]).split())[:TEXT_LIMIT]
    return Refusal("error_object", f"{landed(visit)}: {words or 'an exception without a text'}")
