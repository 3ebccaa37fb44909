"""How the posts of institutions are reached, for those who say so: as long as their term, and then no more."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from atalaya.portal.accounts.access import needs
from atalaya.portal.accounts.rules import may
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page, spoken
from atalaya.portal.observatory.models import Institution
from atalaya.portal.post.contacts import Reach, contacts_of, end_contact, set_contact
from atalaya.portal.post.models.contacts import LONGEST
from atalaya.publish.words import Words

COLUMNS = (
    Column("institucion", lambda each: each.institution),
    Column("puesto", lambda each: each.post),
    Column("correo", lambda each: each.email),
    Column("telefono", lambda each: each.telephone),
    Column("desde", lambda each: each.since),
    Column("hasta", lambda each: each.until),
)


class ContactForm(forms.Form):
    """A post, how it is reached, and from when to when."""

    institution = forms.ChoiceField()
    post = forms.CharField(max_length=LONGEST)
    email = forms.EmailField(max_length=254, required=False)
    telephone = forms.CharField(max_length=40, required=False)
    since = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, say: Words, names: dict[str, str], *arguments: Any) -> None:
        super().__init__(*arguments)
        self.fields["institution"].choices = list(names.items())
        labels = {
            "institution": say.t("Institution"),
            "post": say.t("Post, without the name of a person"),
            "email": say.t("E-mail of the post"),
            "telephone": say.t("Telephone of the post"),
            "since": say.t("First day"),
            "until": say.t("Last day: afterwards it is deleted everywhere"),
        }
        for name, label in labels.items():
            self.fields[name].label = str(label)


@needs("post.contact")
def contacts(request: HttpRequest) -> HttpResponseBase:
    """Render the contacts of the institutions that somebody speaks for, or write or end one."""
    say, refused = spoken(request), None
    rows = Institution.objects.values_list("id", "name") if Institution.is_there() else ()
    names = {key: name for key, name in rows if may(request.user, "post.contact", key)}
    found = contacts_of(names)
    wanted = wanted_format(request)
    if wanted:
        return download(wanted, "contactos", COLUMNS, found)
    form = ContactForm(say, names, request.POST if "since" in request.POST else None)
    if request.method == "POST":
        try:
            if "end" in request.POST:
                end_contact(request.user, request.POST["end"], request.POST.get("post", ""))
                return redirect("post_contacts")
            if form.is_valid():
                given = dict(form.cleaned_data)
                set_contact(request.user, given.pop("institution"), given.pop("post"), Reach(**given))
                return redirect("post_contacts")
        except RefusedError as error:
            refused = say.t(error.text, **error.values)
    return page(request, "post/contacts.html", rows=found, names=names, form=form, refused=refused)
