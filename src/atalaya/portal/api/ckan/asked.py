"""What an action is given: the edition that it answers from, its arguments, and under which address the portal is asked."""

from dataclasses import dataclass

from atalaya.portal.api.ckan.arguments import Arguments
from atalaya.portal.observatory.models import Edition


@dataclass(frozen=True, slots=True)
class Asked:
    """One call of an action; `site` is the portal's address without a slash at its end."""

    edition: Edition
    arguments: Arguments
    site: str
