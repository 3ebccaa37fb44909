"""To bring an edited plan in: upload, look at what it would change row by row, confirm."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from atalaya.commitments.changes import changes
from atalaya.commitments.exchange import Import, Table
from atalaya.commitments.plan import Commitment, Plan
from atalaya.commitments.wording import sentence
from atalaya.exceptions import PlanFileUnusable
from atalaya.portal.accounts.access import needs
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.commitments.models import Plan as PlanRow
from atalaya.portal.commitments.models import Upload
from atalaya.portal.commitments.refusals import reason, told
from atalaya.portal.commitments.services import uploads
from atalaya.portal.commitments.stored import stored_plan
from atalaya.portal.commitments.views.pages import said_by
from atalaya.portal.core.pages import page, spoken
from atalaya.portal.files.uploading import takes_files
from atalaya.publish.plan_files import LARGEST, read_tables
from atalaya.publish.words import Words

PROBLEMS = 200
"""Rows that cannot be taken, as many as one page tells."""


@takes_files(LARGEST)
@needs("commitments.edit")
def uploading(request: HttpRequest) -> HttpResponse:
    """Render the form, or keep what was uploaded and lead on to what it would change."""
    say, refused = spoken(request), None
    if request.method == "POST":
        sent = request.FILES.get("file")
        try:
            if sent is None:
                refused = say.t("Choose a file first.")
            elif sent.size > LARGEST:
                refused = say.t("The file has more than {most} bytes; send its tables one by one.", most=LARGEST)
            else:
                tables = read_tables(sent.read(), sent.name)
                made = uploads.upload(request.user, _number(tables, request.POST.get("plan", "")), sent.name, tables)
                return redirect("plan_upload", pk=made.pk)
        except PlanFileUnusable as error:
            refused = say.t("The file cannot be read: {why}", why=str(error))
        except RefusedError as error:
            refused = told(error, say)
    plans = {row.number: row.document["title"] for row in PlanRow.objects.order_by("-number")}
    return page(request, "commitments/uploading.html", plans=plans, refused=refused, chosen=request.GET.get("plan", ""))


@needs("commitments.edit")
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Render what an upload would change, or take it in or drop it; 404 where there is none, or it is somebody else's."""
    found = Upload.objects.filter(pk=pk, by=request.user).first()
    if found is None:
        raise Http404(pk)
    say, refused = spoken(request), None
    if request.method == "POST":
        try:
            if request.POST.get("act") == "drop":
                uploads.drop(request.user, found)
                return redirect("plan_uploading")
            if uploads.confirm(request.user, found).plan is not None:
                return redirect(reverse(f"{request.language}:plan", args=(found.plan,)))
        except RefusedError as error:
            refused = told(error, say)
    looked, current = Import(None, ()), stored_plan(found.plan)
    try:
        looked = uploads.looked_at(request.user, found)
    except RefusedError as error:
        refused = refused or told(error, say)
    return page(
        request,
        "commitments/upload.html",
        upload=found,
        problems=[(each, reason(each.reason, say)) for each in looked.problems[:PROBLEMS]],
        more=max(len(looked.problems) - PROBLEMS, 0),
        ready=looked.plan is not None,
        lines=_lines(current, looked.plan, say) if looked.plan else [],
        fresh=current is None,
        refused=refused,
        **said_by(request),
    )


def _number(tables: dict[str, Table], chosen: str) -> int:
    """The plan that tables are about: the one that they name, else the one that was chosen. Raises RefusedError."""
    for row in tables.get("plan", ()):
        text = str(row.get("number", "")).removesuffix(".0").strip()
        if text.isdecimal() and len(text) < 9:
            return int(text)
    if chosen.isdecimal() and len(chosen) < 9:
        return int(chosen)
    raise RefusedError("the file does not say which plan it is about; choose the plan")


def _lines(old: Plan | None, new: Plan, say: Words) -> list[str]:
    """What would change, line by line."""
    before, after = ({each.number: each for each in plan.commitments} if plan else {} for plan in (old, new))
    told_: list[str] = [
        say.t("Commitment {number} would be added.", number=n) for n in sorted(set(after) - set(before))
    ]
    told_ += [say.t("Commitment {number} would be taken out.", number=n) for n in sorted(set(before) - set(after))]
    for number in sorted(set(before) & set(after)):
        if before[number] != after[number]:
            told_ += _differing(before[number], after[number], say)
    if old is not None and _without(old) != _without(new):
        told_.append(say.t("What the plan says of itself would change: title, period, axes, steps or sources."))
    return [str(each) for each in told_]


def _differing(old: Commitment, new: Commitment, say: Words) -> list[str]:
    before, after = ({each.id: each for each in one.versions} for one in (old, new))
    named = str(say.t("Commitment {number}", number=new.number))
    found = [f"{named}: {say.t('version {name} would be added.', name=n)}" for n in after if n not in before]
    found += [f"{named}: {say.t('version {name} would be taken out.', name=n)}" for n in before if n not in after]
    cells = str(say.t("cells that were empty would be filled in, or emptied."))
    for name in (each for each in after if each in before and before[each] != after[each]):
        told_ = [sentence(each, say.language, say.locale) for each in changes(before[name], after[name])]
        found += [f"{named}, {name}: {each}" for each in told_ or [cells]]
    own = ("title", "code", "axis", "reviews", "sources")
    if any(getattr(old, name) != getattr(new, name) for name in own):
        found.append(f"{named}: {say.t('its title, code, axis, reviews or sources would change.')}")
    return found


def _without(plan: Plan) -> tuple[object, ...]:
    names = ("title", "start", "end", "presented", "stated_commitments", "axes", "funnel", "roadmap", "sources", "note")
    return tuple(getattr(plan, name) for name in names)
