"""The link of a Socrata asset: one an asset, made by rule, since the catalogue declares no files.

A table is exported as CSV; a file is downloaded under its media type; anything else (map, chart, story, measure, form, link
to elsewhere) is seen on its page, the permalink. The forms of the first two are those that the domains themselves write in
their `data.json`.
"""

from urllib.parse import quote, urlsplit

from atalaya.catalogue.records import Distribution

TABLES = frozenset({"dataset", "filter", "calendar"})
"""Types whose rows can be exported."""
FILES = frozenset({"file", "blob"})


def link_of(
    asset_id: str | None,
    kind: str | None,
    view: str | None,
    blob_type: str | None,
    page: str | None,
    domain: str | None,
) -> Distribution:
    """The link by id, type, `lens_view_type`, media type of the file, permalink and domain, as far as they are known."""
    kind, view = (kind or "").lower(), (view or "").lower()
    base = _base(page, domain)
    if base is None or asset_id is None:
        return Distribution(access_url=page, derived=True)
    name = quote(asset_id, safe="")
    if (kind in FILES or view == "blobby") and blob_type is not None:
        media_type = blob_type.partition(";")[0].strip()
        return Distribution(
            download_url=f"{base}/download/{name}/{quote(media_type)}", media_type=media_type, derived=True
        )
    if view in ("", "tabular") and (kind in TABLES or (not kind and view)):
        return Distribution(
            download_url=f"{base}/api/views/{name}/rows.csv?accessType=DOWNLOAD",
            format="CSV",
            media_type="text/csv",
            derived=True,
        )
    return Distribution(access_url=page or f"{base}/d/{name}", derived=True)


def _base(page: str | None, domain: str | None) -> str | None:
    """Scheme and host of the domain that holds the asset."""
    try:
        parts = urlsplit(page or "")
    except ValueError:
        parts = urlsplit("")
    if parts.scheme in ("http", "https") and parts.netloc:
        return f"{parts.scheme}://{parts.netloc}"
    return f"https://{domain}" if domain and "/" not in domain and " " not in domain else None
