"""To follow something: with an account at once, by an address after a letter was answered."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from atalaya.portal.accounts.allowances import Allowance, wait
from atalaya.portal.core.clients import client_address
from atalaya.portal.core.limits import too_many
from atalaya.portal.core.pages import page, spoken
from atalaya.portal.core.private import private
from atalaya.portal.post import following
from atalaya.portal.post.forms import AddressForm
from atalaya.portal.post.models import Follower
from atalaya.portal.post.services import RefusedError
from atalaya.portal.post.subjects import Subject, subject_of

ASKING = Allowance("follow", 20, 3600)
"""Addresses that one client may write: a class in a school at most."""

LETTERS = Allowance("follow-letters", 5, 86_400)
"""Letters that one address may be sent because somebody wrote it here."""


@private
def follow(request: HttpRequest) -> HttpResponse:
    """Render what it is to follow a subject, or begin or end it; 404 where there is no such subject."""
    say = spoken(request)
    name = request.GET.get("asunto", "")
    subject = subject_of(name, say)
    if name and subject is None:
        raise Http404(name)
    if subject is None:
        return page(request, "post/start.html")
    if request.user.is_authenticated:
        return _with_an_account(request, subject)
    form, refused = AddressForm(say, request.POST or None), None
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        seconds = wait(ASKING, client_address(request)) or wait(LETTERS, email.strip().lower())
        if seconds:
            return too_many(request, seconds)
        try:
            following.ask(email, subject, say.language)
        except RefusedError as error:
            refused = say.t(error.text, **error.values)
        else:
            return page(request, "post/asked.html", subject=subject)
    if request.method == "POST":
        form.data = {**form.data.dict(), "shown": form.fields["shown"].initial}
    return page(request, "post/follow.html", subject=subject, form=form, refused=refused, followed=None)


def _with_an_account(request: HttpRequest, subject: Subject) -> HttpResponse:
    follower = Follower.objects.filter(account=request.user).first()
    refused = None
    if request.method == "POST":
        try:
            if "leave" in request.POST and follower is not None:
                following.unfollow(follower, subject.name)
            else:
                following.follow(request.user, subject, spoken(request).language)
        except RefusedError as error:
            refused = spoken(request).t(error.text, **error.values)
        else:
            return redirect("follow_mine")
    followed = follower is not None and follower.follows.filter(subject=subject.name).exists()
    return page(request, "post/follow.html", subject=subject, form=None, refused=refused, followed=followed)


@private
def confirm(request: HttpRequest, mark: str) -> HttpResponse:
    """Ask whoever opened the link of a letter to confirm, since programs open links too, or take their word."""
    asked = following.confirm(mark) if request.method == "POST" else following.asked_by(mark)
    if asked is None:
        return page(request, "post/too_late.html", status=404)
    if request.method == "POST":
        return redirect("follow_own", mark=following.mark_of(asked.follower))
    return page(request, "post/confirm.html", subject=subject_of(asked.subject, spoken(request)), name=asked.subject)
