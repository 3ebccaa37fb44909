"""Services of the web in which institutions keep what their sites only point at: viewers, shared folders, forms.

What lies there is not of the site. It is recorded for what it is, so that a person knows where to look, and a duty that is
published so is not called missing. The services are those of the whole world; a country's own are of no use here.
"""

import re
from typing import Final
from urllib.parse import parse_qs, urlsplit

from atalaya.harvest.site.addresses import DOCUMENTS

SHARED_FOLDER: Final = "shared_folder"
VIEWER: Final = "viewer"
FORM: Final = "form"
DOCUMENT: Final = "document"

_SHARED = re.compile(
    r"drive\.google\.com/(?:drive/(?:u/\d+/)?(?:mobile/)?folders|folderview|embeddedfolderview)"
    r"|drive\.google\.com/open\?.*\busp=drive_"
    r"|onedrive\.live\.com/|1drv\.ms/f/|[\w-]+\.sharepoint\.com/(?::f:/|.*/forms/allitems|(?:sites|personal)/[^/]+/?$)"
    r"|(?:www\.)?dropbox\.com/(?:sh|scl/fo)/|mega\.(?:nz|io)/(?:folder/|#f!)|(?:app\.)?box\.com/(?:s|folder)/"
    r"|mediafire\.com/folder/|(?:icloud\.com/iclouddrive)|wetransfer\.com/|/(?:index\.php/)?s/[A-Za-z0-9]{15}(?:[/?#]|$)"
    r"|/index\.php/apps/files(?:_sharing)?/",
    re.IGNORECASE,
)
"""Folders of file-sharing services; the last two are those of Nextcloud and ownCloud, which stand on any host."""

_FORMS = re.compile(
    r"docs\.google\.com/forms/|forms\.gle/|forms\.office\.com/|forms\.microsoft\.com/|(?:[\w-]+\.)?typeform\.com/"
    r"|(?:[\w-]+\.)?jotform\.com/|surveymonkey\.com/|ee\.kobotoolbox\.org/|zfrmz\.com/",
    re.IGNORECASE,
)

_VIEWERS = re.compile(
    r"app\.powerbi(?:gov)?\.(?:com|us)/|lookerstudio\.google\.com/|datastudio\.google\.com/|public\.tableau\.com/"
    r"|[\w.-]*online\.tableau\.com/|/views/[^/]+/[^/?]+\?:|[\w.-]+\.qlikcloud\.com/|drive\.google\.com/(?:file/|open|uc)"
    r"|docs\.google\.com/(?:document|spreadsheets|presentation|viewer|gview)|view\.officeapps\.live\.com/"
    r"|1drv\.ms/|[\w-]+\.sharepoint\.com/|(?:www\.)?dropbox\.com/(?:s|scl/fi)/"
    r"|issuu\.com/|scribd\.com/|calameo\.com/|fliphtml5\.com/|flip(?:book|snack|builder)[\w-]*\.com/|heyzine\.com/"
    r"|anyflip\.com/|pubhtml5\.com/|yumpu\.com/|joomag\.com/|publuu\.com/|slideshare\.net/|docdroid\.|canva\.com/design/"
    r"|genial\.ly/|prezi\.com/|infogram\.com/|flourish\.studio/|datawrapper\.|grafana\.|/superset/dashboard/"
    r"|arcgis\.com/(?:apps|home/webmap|.*dashboards)|metabase\.|sway\.(?:office|cloud)",
    re.IGNORECASE,
)

_CARRIED = ("url", "src", "file", "document", "pdf", "href")
"""Parameters in which viewers are told what to show."""
_CARRIER = re.compile(
    r"docs\.google\.com/(?:viewer|gview)|view\.officeapps\.live\.com/|viewer\.html?$|pdf(?:js|-?viewer)|viewerjs",
    re.IGNORECASE,
)


def service_of(url: str) -> str | None:
    """What an address of a service is, by its host and path; None for an address of a page or a file.

    >>> service_of("https://drive.google.com/drive/folders/1aB"), service_of("https://app.powerbi.com/view?r=x")
    ('shared_folder', 'viewer')
    """
    place = url.partition("://")[2]
    if _FORMS.search(place):
        return FORM
    if _SHARED.search(place):
        return SHARED_FOLDER
    return VIEWER if _VIEWERS.search(place) else None


def carried_document(url: str) -> str | None:
    """The address of the document that a viewer is told to show, as it is written; None where it is told none.

    >>> carried_document("https://docs.google.com/viewer?url=https%3A%2F%2Fa.example%2Fx.pdf&embedded=true")
    'https://a.example/x.pdf'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if not parts.query or not _CARRIER.search(f"{parts.netloc}{parts.path}"):
        return None
    said = parse_qs(parts.query, max_num_fields=50) if parts.query.count("&") < 50 else {}
    for name in _CARRIED:
        for value in said.get(name, ()):
            path = value.partition("?")[0].partition("#")[0]
            if path.rpartition(".")[2].lower() in DOCUMENTS:
                return value
    return None
