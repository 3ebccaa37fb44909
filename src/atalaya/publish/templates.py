"""Pages from templates: what every page of Atalaya is rendered with."""

from functools import cache
from importlib import resources

import jinja2


def render(folder: str, template: str, /, **values: object) -> str:
    """A page from a template of `data/templates/<folder>`, without blank lines and indents.

    What all pages have stands in `data/templates/shared`. A name that a template uses and that is not given is a fault of ours.
    """
    page = _environment(folder).get_template(template).render(**values)
    return "\n".join(line.strip() for line in page.splitlines() if line.strip()) + "\n"


@cache
def _environment(folder: str) -> jinja2.Environment:
    templates = resources.files("atalaya").joinpath("data", "templates")
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader([str(templates.joinpath(each)) for each in (folder, "shared")]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
