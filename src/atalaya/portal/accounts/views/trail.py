"""The trail of changes, for administrators."""

from django.http import HttpRequest, HttpResponse

from atalaya.portal.accounts.access import needs, told
from atalaya.portal.accounts.trail import Entry, entries, event_models, page_of, table_of
from atalaya.portal.core.downloads import Column, download, wanted_format
from atalaya.portal.core.pages import page

SHOWN = 50
MOST = 2000
"""The last page that is shown; all of the trail is in the download."""

COLUMNS = (
    Column("momento", lambda each: each.when.isoformat()),
    Column("tabla", lambda each: each.table),
    Column("fila", lambda each: each.row),
    Column("cambio", lambda each: each.label),
    Column("cuenta", lambda each: each.account),
    Column("ruta", lambda each: each.route),
    Column("valores", lambda each: said(each)),
)


@needs("accounts.see_trail")
def trail(request: HttpRequest) -> HttpResponse:
    """Render a page of the trail, or give it as a file."""
    tables = [table_of(each) for each in event_models()]
    table = request.GET.get("tabla", "") if request.GET.get("tabla") in tables else ""
    account = _number(request.GET.get("cuenta", ""))
    form = wanted_format(request)
    if form:
        return download(form, "registro", COLUMNS, entries(table, account))
    number = min(_number(request.GET.get("pagina", "")) or 1, MOST)
    shown, more = page_of(number, SHOWN, table, account)
    query = "".join(f"&{name}={value}" for name, value in (("tabla", table), ("cuenta", account)) if value)
    return page(
        request,
        "account/trail.html",
        shown=shown,
        said=said,
        tables=tables,
        table=table,
        account=account,
        number=number,
        more=more,
        query_kept=query,
        **told(request),
    )


def said(entry: Entry) -> str:
    """The row after a change, in one line; what is empty is left out."""
    return ", ".join(f"{name}={value}" for name, value in entry.values.items() if value not in (None, ""))


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and text.isascii() and 0 < len(text) < 10 and int(text) else None
