"""What somebody follows, how they are told, and how they leave: by their account, or by the link of a letter."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt

from atalaya.portal.accounts.access import signed_in
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page, spoken
from atalaya.portal.core.private import private
from atalaya.portal.post import following
from atalaya.portal.post.forms import ToldForm
from atalaya.portal.post.models import Follower
from atalaya.portal.post.services import RefusedError
from atalaya.portal.post.subjects import subject_of

COLUMNS = (
    Column("asunto", lambda each: each.subject),
    Column("desde", lambda each: each.confirmed.isoformat() if each.confirmed else ""),
)


@signed_in
def mine(request: HttpRequest) -> HttpResponseBase:
    """Render what an account follows, or change it."""
    follower = Follower.objects.filter(account=request.user).first()
    if follower is None:
        return page(request, "post/own.html", follower=None, rows=[], form=None, refused=None, stop="")
    return _shown(request, follower)


@private
def own(request: HttpRequest, mark: str) -> HttpResponseBase:
    """Render what the reader of a letter follows, or change it; 404 where the link is none, or they left."""
    follower = following.follower_of(mark)
    if follower is None:
        return page(request, "post/too_late.html", status=404)
    return _shown(request, follower)


@csrf_exempt
@private
def leave(request: HttpRequest, mark: str) -> HttpResponse:
    """Forget the reader of a letter.

    Programs of mail send the form without a page before it (RFC 8058), so it bears no mark of one:
    the link is what nobody else has.
    """
    follower = following.follower_of(mark)
    if follower is None or request.method == "POST":
        if follower is not None:
            following.leave(follower)
        return page(request, "post/left.html")
    return page(request, "post/leave.html", address=bool(follower.email))


def _shown(request: HttpRequest, follower: Follower) -> HttpResponseBase:
    say, refused = spoken(request), None
    rows = follower.follows.exclude(confirmed=None)
    form = wanted_format(request)
    if form:
        return download(form, "lo-que-sigo", COLUMNS, rows)
    told = {"rhythm": follower.rhythm, "language": follower.language, "at_once": follower.at_once}
    changed = ToldForm(say, request.POST if "rhythm" in request.POST else None, initial=told)
    if request.method == "POST":
        try:
            if "leave" in request.POST:
                following.unfollow(follower, request.POST["leave"])
            elif changed.is_valid():
                following.change(follower, **changed.cleaned_data)
        except RefusedError as error:
            refused = say.t(error.text, **error.values)
        else:
            there = Follower.objects.filter(pk=follower.pk).exists()
            if changed.is_valid() or "leave" in request.POST:
                return redirect(request.path) if there else page(request, "post/left.html")
    named = [(each, subject_of(each.subject, say)) for each in rows]
    stop = following.mark_of(follower)
    return page(request, "post/own.html", follower=follower, rows=named, form=changed, refused=refused, stop=stop)
