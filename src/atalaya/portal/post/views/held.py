"""Letters that nobody knows the end of, for administrators: found in the log of the mail server by their Message-ID."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from atalaya.portal.accounts.access import needs
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page, spoken
from atalaya.portal.post import services
from atalaya.portal.post.models import Letter
from atalaya.portal.post.sending import message_id
from atalaya.portal.post.services import RefusedError
from atalaya.portal.post.states import FAILED, HELD, SENT, STATES, WAITING

SHOWN = 30
COLUMNS = (
    Column("numero", lambda each: each.pk),
    Column("tipo", lambda each: each.kind),
    Column("estado", lambda each: each.state),
    Column("escrita", lambda each: each.made.isoformat()),
    Column("falla", lambda each: each.fault),
    Column("message_id", message_id),
)
"""Without any address: whoever decides needs the log of the mail server, not who it is to."""

DECISIONS = ((WAITING, "It did not arrive: send it again"), (SENT, "It arrived"), (FAILED, "Give the letter up"))


@needs("post.settle")
def held(request: HttpRequest) -> HttpResponseBase:
    """Render the letters that are held and those that failed lately, or decide about one."""
    refused = None
    if request.method == "POST":
        number = request.POST.get("letter", "")
        found = Letter.objects.filter(pk=int(number)).first() if number.isascii() and number.isdecimal() else None
        try:
            if found is not None:
                services.settle(request.user, found, request.POST.get("decision", ""))
        except RefusedError as error:
            refused = spoken(request).t(error.text, **error.values)
        else:
            return redirect("letters_held")
    rows = Letter.objects.filter(state__in=(HELD, FAILED)).order_by("-state", "-made", "-id")
    form = wanted_format(request)
    if form:
        return download(form, "correspondencia", COLUMNS, rows)
    waiting = Letter.objects.filter(state=WAITING).count()
    shown = Paginator(rows, SHOWN).get_page(request.GET.get("pagina"))
    return _page(request, shown=shown, waiting=waiting, refused=refused)


def _page(request: HttpRequest, **values: Any) -> HttpResponse:
    link = "?pagina={pagina}".format
    return page(
        request, "post/held.html", states=STATES, decisions=DECISIONS, mark=message_id, held=HELD, link=link, **values
    )
