"""Every action by its name. A new one is a function with a docstring, which `help_show` gives out, and one line here."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from atalaya.portal.api.ckan.asked import Asked
from atalaya.portal.api.ckan.faults import NotFoundError
from atalaya.portal.api.ckan.organizations import (
    group_list,
    group_package_show,
    group_show,
    organization_list,
    organization_show,
)
from atalaya.portal.api.ckan.packages import (
    current_package_list_with_resources,
    package_list,
    package_show,
    resource_show,
)
from atalaya.portal.api.ckan.searches import package_search
from atalaya.portal.api.ckan.site import license_list, status_show, tag_list, tag_show

Action = Callable[[Asked], Any]


def help_show(asked: Asked) -> str:
    """What an action does and which arguments it takes. name: the action."""
    action = ACTIONS.get(asked.arguments.needed("name"))
    if action is None:
        raise NotFoundError(f"there is no such action; there are {', '.join(ACTIONS)}")
    return inspect.getdoc(action) or ""


ACTIONS: Mapping[str, Action] = {
    action.__name__: action
    for action in (
        current_package_list_with_resources,
        group_list,
        group_package_show,
        group_show,
        help_show,
        license_list,
        organization_list,
        organization_show,
        package_list,
        package_search,
        package_show,
        resource_show,
        status_show,
        tag_list,
        tag_show,
    )
}
