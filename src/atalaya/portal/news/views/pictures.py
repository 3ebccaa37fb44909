"""Photographs: shown to everybody with their communiqué, and added and taken out by those who write it."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from atalaya.portal.accounts.access import needs
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.core.pages import page, spoken
from atalaya.portal.files.handing import shown
from atalaya.portal.files.purposes import PURPOSES
from atalaya.portal.files.services import Said, take
from atalaya.portal.files.uploading import takes_files
from atalaya.portal.news import pictures as services
from atalaya.portal.news.forms import PictureForm
from atalaya.portal.news.models import Picture
from atalaya.portal.news.services import writable
from atalaya.portal.news.shown import public
from atalaya.portal.news.states import DRAFT, SCHEDULED, WITHDRAWN


def picture(request: HttpRequest, slug: str, key: str, size: str) -> HttpResponseBase:
    """Show a photograph of a communiqué that is published now; 404 where there is none, or its text is hidden."""
    del request
    found = Picture.objects.filter(communique__in=public().filter(slug=slug, hidden=False), file__key=key)
    drawn = next((each.size(size) for each in found.select_related("file")), None)
    if drawn is None or drawn.file.withdrawn is not None:
        raise Http404(key)
    response = shown(drawn)
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


@takes_files(PURPOSES["picture"].largest)
@needs("news.list")
def pictures(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Render the photographs of a communiqué with a form for one more, or take one in or out; 404 where they may not write it."""
    row, say = writable(request.user).filter(pk=pk).first(), spoken(request)
    if row is None:
        raise Http404(str(pk))
    private = row.state in (DRAFT, SCHEDULED)
    form, refused = PictureForm(say, request.POST or None, request.FILES or None, correcting=not private), None
    gone = (
        row.pictures.filter(pk=request.POST["remove"]).first() if request.POST.get("remove", "").isdecimal() else None
    )
    try:
        if gone is not None:
            services.remove_picture(request.user, gone, request.POST.get("why", ""))
            return redirect("news_pictures", pk=row.pk)
        if request.method == "POST" and form.is_valid():
            told = form.cleaned_data
            said = Said(alternative=told["alternative"], credit=told["credit"])
            file = take(request.user, told["file"], purpose="picture", institution=row.issuer, said=said)
            services.add_picture(request.user, row, file, told.get("why", ""))
            return redirect("news_pictures", pk=row.pk)
    except RefusedError as error:
        refused = say.t(error.text, **error.values)
    return page(
        request,
        "news/pictures.html",
        row=row,
        form=form,
        refused=refused,
        private=private,
        closed=row.state == WITHDRAWN,
        pictures=list(row.pictures.select_related("file")),
    )
