"""What membership of the partnership asks for: each duty with its source, when it was last fulfilled, and when it is due."""

from django.http import HttpRequest, HttpResponseBase

from atalaya.commitments.membership import DutyStanding
from atalaya.portal.core.days import today
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import daily, of_people, page, published, with_words
from atalaya.portal.meetings.compliance import panel
from atalaya.portal.meetings.marks import mark, words_of

SESSION = "session:"
"""How a happening names a session of the portal in place of an address."""

COLUMNS = (
    Column("obligacion", lambda each: each.duty.id),
    Column("numero", lambda each: each.duty.number),
    Column("que_pide", lambda each: each.duty.what["es"]),
    Column("fuente", lambda each: each.duty.source),
    Column("texto_verificado", lambda each: each.duty.checked),
    Column("situacion", lambda each: each.state),
    Column("ultima_vez", lambda each: each.last and each.last.on),
    Column("evidencia", lambda each: each.last and f"{each.last.title} {each.last.url}".strip()),
    Column("vence", lambda each: each.due),
    Column("dias", lambda each: each.days_left),
    Column("veces_en_12_meses", lambda each: each.count),
)


@published
@of_people
@daily
@with_words(mark)
def compliance(request: HttpRequest) -> HttpResponseBase:
    """Render the panel, or the list as a file."""
    found = panel(today())
    form = wanted_format(request)
    if form:
        return download(form, "obligaciones-de-miembro", COLUMNS, found)
    return page(request, "meetings/compliance.html", found=found, session_of=session_of, **words_of(request))


def session_of(standing: DutyStanding) -> str:
    """The identifier of the session that fulfilled a duty last; empty where something else did."""
    url = standing.last.url if standing.last else ""
    return url.removeprefix(SESSION) if url.startswith(SESSION) else ""
