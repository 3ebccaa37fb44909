"""People with accounts, for administrators: who has which role, given and ended here."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from atalaya.portal.accounts import services
from atalaya.portal.accounts.access import needs, told
from atalaya.portal.accounts.models import Membership, User
from atalaya.portal.accounts.rules import has_a_second_step, in_force
from atalaya.portal.accounts.services import Grant, RefusedError
from atalaya.portal.accounts.views.roles import TITLES, named
from atalaya.portal.core.pages import page, spoken
from atalaya.portal.observatory.models import Institution
from atalaya.publish.words import Words

SHOWN = 50


class PersonForm(forms.Form):
    """The address of somebody who is to have an account."""

    email = forms.EmailField(max_length=254)

    def __init__(self, say: Words, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.fields["email"].label = str(say.t("E-mail address"))


class RoleForm(forms.Form):
    """A role, of whom, and until when."""

    role = forms.ChoiceField()
    institution = forms.ChoiceField(required=False)
    organisation = forms.CharField(max_length=200, required=False)
    until = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, say: Words, *arguments: Any) -> None:
        super().__init__(*arguments)
        rows = list(Institution.objects.values_list("id", "name")) if Institution.is_there() else []
        self.fields["role"].choices = [(role, str(say.t(title))) for role, title in TITLES.items()]
        self.fields["institution"].choices = [("", "–"), *rows]
        self.fields["role"].label = str(say.t("Role"))
        self.fields["institution"].label = str(say.t("Institution, for a focal point"))
        self.fields["organisation"].label = str(say.t("Name of the organisation, for civil society"))
        self.fields["until"].label = str(say.t("Last day; empty: until it is ended"))

    def given(self) -> Grant:
        """What is granted; the last day is in the term."""
        last = self.cleaned_data["until"]
        return Grant(
            role=self.cleaned_data["role"],
            institution=self.cleaned_data["institution"],
            organisation=self.cleaned_data["organisation"].strip(),
            until=datetime.combine(last + timedelta(days=1), time(), tzinfo=UTC) if last else None,
        )


@needs("accounts.see_people")
def people(request: HttpRequest) -> HttpResponse:
    """Render the list, or make an account."""
    form = PersonForm(spoken(request), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.add_user(form.cleaned_data["email"])
        except RefusedError as error:
            form.add_error(None, str(spoken(request).t(error.text, **error.values)))
        else:
            return redirect("account_person", pk=made.pk)
    wanted = request.GET.get("quien", "").strip().lower()[:254]
    found = User.objects.filter(email__contains=wanted).order_by("email").prefetch_related("memberships")
    shown = Paginator(found, SHOWN).get_page(request.GET.get("pagina"))
    now, say = timezone.now(), spoken(request)
    held = Membership.objects.filter(in_force(now), user__in=[each.pk for each in shown])
    roles: dict[int, list[Any]] = {}
    for each in named(held, say):
        roles.setdefault(each.membership.user_id, []).append(each)
    return page(
        request, "account/people.html", shown=shown, roles=roles, form=form, wanted=wanted, link=_link, **told(request)
    )


@needs("accounts.see_people")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Render a person's roles, or give one."""
    user = get_object_or_404(User, pk=pk)
    form = RoleForm(spoken(request), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.grant(request.user, user, form.given())
        except RefusedError as error:
            form.add_error(None, str(spoken(request).t(error.text, **error.values)))
        else:
            return redirect("account_person", pk=pk)
    now, say = timezone.now(), spoken(request)
    return page(
        request,
        "account/person.html",
        person=user,
        protected=has_a_second_step(user),
        roles=named(user.memberships.filter(in_force(now)), say),
        ended=named(user.memberships.exclude(in_force(now)), say),
        form=form,
        **told(request),
    )


@needs("accounts.grant")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether a role is to end, or end it."""
    membership = get_object_or_404(Membership, pk=pk)
    refused: object = ""
    if request.method == "POST":
        try:
            services.revoke(request.user, membership)
        except RefusedError as error:
            refused = spoken(request).t(error.text, **error.values)
        else:
            return redirect("account_person", pk=membership.user_id)
    (role,) = named([membership], spoken(request))
    return page(request, "account/end_role.html", role=role, refused=refused, **told(request))


def _link(**values: object) -> str:
    return f"?pagina={values['pagina']}"
