"""The Jinja environment of the portal's pages."""

from importlib import resources
from typing import Any

import jinja2
from django.templatetags.static import static

_FOLDERS = (
    "accounts",
    "commitments",
    "core",
    "files",
    "meetings",
    "news",
    "observatory",
    "post",
    "publishing",
    "reports",
    "reviews",
    "rounds",
)


def environment(**options: Any) -> jinja2.Environment:
    """Build the environment: everything is escaped, and a name that a template uses and nobody gave is a fault of ours."""
    root = resources.files("atalaya.portal")
    options["loader"] = jinja2.FileSystemLoader([str(root.joinpath(app, "templates")) for app in _FOLDERS])
    options["undefined"] = jinja2.StrictUndefined
    options["autoescape"] = True
    made = jinja2.Environment(trim_blocks=True, lstrip_blocks=True, **options)  # noqa: S701 - it is set just above
    made.globals["static"] = static
    return made
