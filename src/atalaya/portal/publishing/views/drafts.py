"""What is in preparation: the list, and the form of a file."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from atalaya.portal.accounts.access import forbidden, needs
from atalaya.portal.accounts.rules import may, standing
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page, spoken
from atalaya.portal.files.purposes import PURPOSES
from atalaya.portal.files.uploading import takes_files
from atalaya.portal.observatory.queries import names_of
from atalaya.portal.publishing import services
from atalaya.portal.publishing.forms import UploadForm
from atalaya.portal.publishing.models import Version
from atalaya.portal.publishing.states import DRAFT, STATES

SHOWN = 50
COLUMNS = (
    Column("numero", lambda each: each.pk),
    Column("institucion", lambda each: each.publication.institution),
    Column("titulo", lambda each: each.title),
    Column("estado", lambda each: each.state),
    Column("version", lambda each: each.number),
    Column("cambiado", lambda each: each.changed.isoformat()),
)


@needs("publishing.list")
def drafts(request: HttpRequest) -> HttpResponse:
    """Render what somebody may see before it is published, newest change first; or the list as a file."""
    found = services.visible(request.user)
    form = wanted_format(request)
    if form:
        return download(form, "publicar", COLUMNS, found)
    shown = Paginator(found, SHOWN).get_page(request.GET.get("pagina"))
    return page(
        request,
        "publishing/drafts.html",
        shown=shown,
        names=names_of({each.publication.institution for each in shown}),
        states=STATES,
        may_begin=may(request.user, "publishing.begin"),
        link=lambda **values: f"?pagina={values['pagina']}",
    )


@takes_files(PURPOSES["data"].largest)
@needs("publishing.list")
def upload(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """Render the form of a file, or take one in: of a new dataset, or of the next version of the dataset of version `pk`, or in
    place of the file of that version where it is in preparation."""
    before = _before(request, pk)
    if not may(request.user, "publishing.begin") or (before and not may(request.user, "publishing.write", before)):
        return forbidden(request)
    mine = names_of(standing(request.user).institutions)
    names = {key: each.name for key, each in sorted(mine.items(), key=lambda item: item[1].name)}
    form = UploadForm(spoken(request), names, request.POST or None, request.FILES or None, new=before is None)
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            made = _taken(request, form, before)
        except RefusedError as error:
            refused = spoken(request).t(error.text, **error.values)
        else:
            return redirect("publishing_version", pk=made.pk)
    return page(
        request, "publishing/upload.html", form=form, refused=refused, before=before, replaces=_replaces(before)
    )


def _before(request: HttpRequest, pk: int) -> Version | None:
    if not pk:
        return None
    found: Version | None = services.visible(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404(str(pk))
    return found


def _replaces(before: Version | None) -> bool:
    return before is not None and before.state == DRAFT


def _taken(request: HttpRequest, form: UploadForm, before: Version | None) -> Version:
    said = form.cleaned_data
    if before is None:
        return services.begin(request.user, said["institution"], said["title"], said["file"])
    if _replaces(before):
        return services.replace_file(request.user, before, said["file"])
    return services.continue_with(request.user, before, said["file"])
