"""The readings of one session at once: one voice, one day, and a level for each milestone that was spoken of."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from atalaya.commitments.changes import short_number
from atalaya.commitments.readings import VOICES
from atalaya.portal.accounts.access import needs
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.commitments.models import Commitment
from atalaya.portal.commitments.refusals import told
from atalaya.portal.commitments.services import READABLE, Proof, Said, read_many
from atalaya.portal.commitments.services.readings import RefusedReadingError
from atalaya.portal.commitments.standings import standing_now
from atalaya.portal.commitments.views.pages import said_by
from atalaya.portal.core.pages import page, spoken
from atalaya.portal.meetings.stored import stored_sessions


@needs("commitments.edit")
def session_round(request: HttpRequest, number: int) -> HttpResponse:
    """Render a row for each milestone, or take all that were filled in: all of them or none."""
    standing = standing_now(number)
    if standing is None:
        raise Http404(number)
    say, refused = spoken(request), None
    if request.method == "POST":
        rows = {each.number: each for each in Commitment.objects.filter(plan=number).prefetch_related("versions")}
        try:
            taken = read_many(request.user, _said(request, rows))
        except RefusedReadingError as error:
            refused = f"{error.where}: {told(error, say)}"
        except RefusedError as error:
            refused = told(error, say)
        else:
            if taken:
                return redirect(reverse(f"{request.language}:plan", args=(number,)))
            refused = say.t("No milestone was filled in.")
    return page(
        request,
        "commitments/session_round.html",
        plan=standing.plan,
        commitments=[each for each in standing.commitments if each.milestones],
        voices=[voice for voice in VOICES if voice != "citizens"],
        levels=READABLE,
        sessions=stored_sessions(number),
        today=timezone.localdate(),
        sent=request.POST,
        refused=refused,
        short=short_number,
        **said_by(request),
    )


def _said(request: HttpRequest, rows: dict[int, Commitment]) -> list[tuple[Commitment, Said]]:
    """What was filled in. Raises RefusedError where the day is none."""
    sent = request.POST
    try:
        on = date.fromisoformat(sent.get("on", ""))
    except ValueError as error:
        raise RefusedError("{said} is no day; choose one", said=sent.get("on", "")[:40]) from error
    url = sent.get("url", "").strip()
    evidence = (Proof(url=url, title=sent.get("title", "").strip()[:300]),) if url else ()
    found: list[tuple[Commitment, Said]] = []
    for name in sent:
        commitment, _, milestone = name.removeprefix("level-").partition("-")
        known = name.startswith("level-") and commitment.isdecimal() and int(commitment) in rows
        if not known or not sent[name]:
            continue
        values: dict[str, Any] = {"level": sent[name], "note": sent.get(f"note-{commitment}-{milestone}", "").strip()}
        said = Said(milestone=milestone, voice=sent.get("voice", ""), on=on, evidence=evidence, **values)
        found.append((rows[int(commitment)], said))
    return found
