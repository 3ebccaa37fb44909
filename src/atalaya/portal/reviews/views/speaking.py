"""For which institution somebody is at their desk."""

from django.http import Http404, HttpRequest

from atalaya.portal.accounts.rules import standing
from atalaya.portal.observatory.models import Institution

PARAMETER = "institucion"


def mine(request: HttpRequest) -> list[Institution]:
    """The institutions of the register that somebody speaks for, by name; none where nothing was published yet."""
    if not Institution.is_there():
        return []
    return list(Institution.objects.filter(id__in=standing(request.user).institutions))


def chosen(request: HttpRequest) -> Institution:
    """The one that the address names, else the first; 404 where it is not theirs, or the register has none of theirs."""
    known = mine(request)
    slug = request.GET.get(PARAMETER, "")
    found = next((each for each in known if each.slug == slug), None) if slug else next(iter(known), None)
    if found is None:
        raise Http404(slug)
    return found
