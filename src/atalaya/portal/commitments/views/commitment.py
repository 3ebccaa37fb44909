"""One commitment: what it promises, how each voice says it stands, its versions, what changed and what is no longer promised."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from atalaya.commitments.changes import changes
from atalaya.commitments.template import COMMITMENT
from atalaya.portal.commitments.behind import behind
from atalaya.portal.commitments.measuring import with_measurements
from atalaya.portal.commitments.services import leads
from atalaya.portal.commitments.standing import commitment_standing
from atalaya.portal.commitments.steps import steps_of
from atalaya.portal.commitments.stored import by_milestone, reading_rows, stored_commitment
from atalaya.portal.commitments.views.pages import commitment_or_404, current, said_by
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page, spoken
from atalaya.portal.news.finding import announced
from atalaya.portal.post.contacts import contacts_of

COLUMNS = (
    Column("numero", lambda each: each.number),
    Column("campo", lambda each: each.path),
    Column("cambio", lambda each: each.kind),
    Column("antes", lambda each: None if each.before is None else str(each.before)),
    Column("despues", lambda each: None if each.after is None else str(each.after)),
)


@current
def commitment(request: HttpRequest, number: int, commitment: int) -> HttpResponse:
    """Render a commitment, or give the changes between its last two versions as a file; 404 where there is none."""
    plan = stored_commitment(number, commitment)
    if plan is None:
        raise Http404(commitment)
    found = plan.commitments[0]
    form = wanted_format(request)
    if form:
        last = found.versions[-2:]
        rows = changes(*last) if len(last) == 2 else ()
        return download(form, f"plan-{number}-compromiso-{commitment}-cambios", COLUMNS, rows)
    version = found.current
    spoken_rows = reading_rows(number, commitment)
    contacts = contacts_of(leads(commitment_or_404(number, commitment)))
    response = page(
        request,
        "commitments/commitment.html",
        plan=plan,
        standing=commitment_standing(plan, found, by_milestone(spoken_rows), timezone.localdate()),
        behind=behind(spoken_rows),
        contacts=contacts,
        measured=dict(with_measurements(found, spoken(request))),
        version=version,
        fields=[(field.title, getattr(version, field.name)) for field in COMMITMENT if field.name != "title"]
        if version
        else [],
        steps=steps_of(found, spoken(request)),
        announced=announced("commitment", f"{number}/{commitment}"),
        **said_by(request),
    )
    if contacts:
        response.headers["Cache-Control"] = "no-store"  # a contact is gone everywhere as soon as its term ends
    return response
