"""`/descargas/<observation>/<file>`: the files of dumps."""

from django.http import Http404, HttpRequest, HttpResponse

from atalaya.portal.core.files import Sent, filed
from atalaya.portal.core.pages import holds_zero
from atalaya.portal.observatory.dumps import sent_file
from atalaya.portal.observatory.models import Edition


@filed
def dump_file(request: HttpRequest, observation: str, path: str) -> HttpResponse | Sent:
    """One file of the dump of a published observation."""
    if holds_zero(request) or Edition.shown() is None:
        raise Http404(path)
    edition = Edition.objects.filter(observation=observation).first()
    found = sent_file(edition, path) if edition else None
    if found is None:
        raise Http404(path)
    return found
