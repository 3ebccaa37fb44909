"""Values as catalogues write them, read tolerantly: texts, lists, languages, sizes, contacts. Pure, and never raising."""

import json
import math
import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from atalaya.catalogue.records import ContactPoint, Period, Text

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$")
_MAIL = re.compile(r"^[^@\s<>,;]+@([A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)+)$")
_INTERVAL = re.compile(r"^([^/]*)/([^/]*)$")
_DCMI_PERIOD = re.compile(r"\b(start|end)\s*=\s*([^;]+)", re.IGNORECASE)
_BYTES = re.compile(r"^(\d{1,3}(?:,\d{3})+|\d{1,18})\s*(?:b|bytes?|octets?)$", re.IGNORECASE)
_DIGITS = re.compile(r"^\d{1,18}(?:\.0*)?$")

LIST_TEXT_LIMIT = 1_000_000
"""Characters of a text that are tried as a list or object written as JSON."""


def clean(text: str) -> str:
    """The text without control characters and lone surrogates, which no store can hold.

    >>> clean("a" + chr(0) + "b")
    'ab'
    """
    # All that the pattern takes out is unprintable, and asking for that is much cheaper.
    return text if text.isprintable() else _CONTROL.sub("", text)


def is_blank(value: object) -> bool:
    """Whether a value says nothing: null, an empty or blank text, an empty list or object."""
    if isinstance(value, str):
        return not value or value.isspace()
    return value is None or (isinstance(value, list | dict) and not value)


def word(value: object) -> str | None:
    """One text of a value: a text, a number, the first of a list, or the text under its usual keys.

    >>> word([" CSV ", "XLS"]), word(7), word({"@value": "a"}), word({})
    ('CSV', '7', 'a', None)
    """
    if isinstance(value, str):
        return clean(value).strip() or None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, list):
        return next((text for item in value if (text := _plain(item)) is not None), None)
    if isinstance(value, dict):
        return _plain(value)
    return None


def _plain(value: object) -> str | None:
    """A scalar, or the text of a small object such as `{"@value": …}`, `{"@id": …}`, `{"name": …}`."""
    if isinstance(value, dict):
        for key in ("@value", "@id", "value", "uri", "url", "name", "title", "label", "text", "display_name", "id"):
            inner = value.get(key)
            if isinstance(inner, str | int | float) and not is_blank(inner):
                return word(inner)
        return next(
            (text for tag in sorted(value, key=str) if _is_language(tag) and (text := _scalar(value[tag]))), None
        )
    return _scalar(value)


def _scalar(value: object) -> str | None:
    return None if isinstance(value, list | dict) else word(value)


def _number(value: int | float) -> str | None:
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value) if abs(value) < 10**30 else None


def _is_language(tag: object) -> bool:
    return isinstance(tag, str) and _LANGUAGE.match(tag) is not None


def unwrap(value: object) -> object:
    """A list or object that was stored as JSON text, parsed; any other value as it is.

    >>> unwrap('["a", "b"]'), unwrap("[draft] a")
    (['a', 'b'], '[draft] a')
    """
    if not isinstance(value, str):
        return value
    stripped = value.strip()
    if not stripped.startswith(("[", "{")) or stripped[-1:] not in ("]", "}") or len(stripped) > LIST_TEXT_LIMIT:
        return value
    try:
        return json.loads(stripped)
    except (ValueError, RecursionError):
        return value


def _listed(value: object) -> object:
    """A list, or texts by language, that was stored as JSON text; a text that happens to be other JSON stays a text."""
    inner = unwrap(value)
    if inner is value or isinstance(inner, list):
        return inner
    return inner if isinstance(inner, dict) and inner and all(_is_language(tag) for tag in inner) else value


def words(value: object) -> tuple[str, ...]:
    """Texts of a value in its order, each once.

    >>> words("a"), words(["a", {"name": "b"}, None, "a"]), words('["x", "y"]')
    (('a',), ('a', 'b'), ('x', 'y'))
    """
    value = _listed(value)
    if isinstance(value, str):
        said = clean(value).strip()
        return (said,) if said else ()
    if isinstance(value, Mapping):
        by_language = value if value and all(_is_language(tag) for tag in value) else None
        items: Iterable[object] = by_language.values() if by_language is not None else [value]
    else:
        items = value if isinstance(value, list) else [value]
    flat = (part for item in items for part in (item if isinstance(item, list) else [item]))
    return tuple(dict.fromkeys(text for item in flat if (text := _plain(item)) is not None))


def text(value: object) -> Text:
    """A text by language: plain, `{"es": …}`, JSON-LD value objects, or any of these stored as JSON text.

    >>> text("Presupuesto"), text({"es": "Presupuesto", "en": ""})
    ({'': 'Presupuesto'}, {'es': 'Presupuesto'})
    """
    value = _listed(value)
    if isinstance(value, str):
        plain = clean(value).strip()
        return {"": plain} if plain else {}
    found: dict[str, str] = {}
    for item in value if isinstance(value, list) else [value]:
        for language, said in _tagged(item):
            if said is not None:
                found.setdefault(language, said)
    return found


def _tagged(item: object) -> list[tuple[str, str | None]]:
    if not isinstance(item, dict):
        return [("", _scalar(item))]
    said = next((item[key] for key in ("@value", "value", "text", "_") if key in item), None)
    language = next((item[key] for key in ("@language", "lang", "language", "xml:lang") if key in item), None)
    if said is not None and not isinstance(said, dict):
        return [(_tag(language), _scalar(said))]
    if item and all(_is_language(tag) or tag in ("", "und", "none", "@none") for tag in item):
        return [(_tag(tag), word(inner)) for tag, inner in item.items()]
    return [("", _plain(item))]


def _tag(language: object) -> str:
    """A language tag in lower case with hyphens; empty where none is stated."""
    return language.replace("_", "-").lower() if isinstance(language, str) and _is_language(language) else ""


def byte_size(value: object) -> int | None:
    """A size in bytes: a whole number, also written as text or decimal.

    >>> byte_size("6776.0"), byte_size(172), byte_size("42 octets"), byte_size(-1)
    (6776, 172, None, None)
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if 0 <= value < 10**18 else None
    if isinstance(value, float):
        return int(value) if math.isfinite(value) and value.is_integer() and 0 <= value < 1e15 else None
    if isinstance(value, str) and _DIGITS.match(value.strip()):
        return int(value.strip().partition(".")[0])
    return None


def stated_bytes(value: object) -> int | None:
    """A size in bytes, also with its unit; a size in any larger unit was rounded and is none.

    >>> stated_bytes("890 B"), stated_bytes("1,024 bytes"), stated_bytes(172), stated_bytes("1.2 MB")
    (890, 1024, 172, None)
    """
    if isinstance(value, str):
        found = _BYTES.match(value.strip())
        value = found[1].replace(",", "") if found else value
    return byte_size(value)


def period(value: str) -> Period:
    """A period as text: an ISO 8601 interval, a DCMI period, else its whole text as start.

    >>> period("2009-01-01/2021-12-31").end, period("start=2010; end=2011;").end, period("2010").end
    ('2021-12-31', '2011', None)
    """
    interval = _INTERVAL.match(value)
    if interval and any(part.strip() for part in interval.groups()):
        return Period(start=interval[1].strip() or None, end=interval[2].strip() or None)
    bounds = {name.lower(): said.strip() for name, said in _DCMI_PERIOD.findall(value)}
    if bounds:
        return Period(start=bounds.get("start"), end=bounds.get("end"))
    return Period(start=value)


def is_mail(value: str) -> bool:
    """Whether a text is a mail address, with or without `mailto:`."""
    return value.lower().startswith("mailto:") or _MAIL.match(value.strip()) is not None


def mail_domain(value: str | None) -> str | None:
    """The domain of a mail address, never the person.

    >>> mail_domain("mailto: Someone@Treasury.example"), mail_domain("none")
    ('treasury.example', None)
    """
    if value is None:
        return None
    address = re.sub(r"^mailto:", "", value.strip(), flags=re.IGNORECASE).strip().partition("?")[0]
    found = _MAIL.match(address)
    return found[1].lower() if found else None


def contact(names: Iterable[str | None], mails: Iterable[str | None], url: str | None = None) -> ContactPoint | None:
    """That a contact exists: from names and mail addresses, of which only presence and domain are kept; None if nothing."""
    name = any(item for item in names)
    addresses = [item for item in mails if item]
    domain = next((found for item in addresses if (found := mail_domain(item))), None)
    page = url if url is not None and is_web(url) else None
    if not (name or addresses or page):
        return None
    return ContactPoint(has_name=name, has_email=domain is not None, email_domain=domain, url=page)


def is_web(value: str) -> bool:
    """Whether a text is an absolute address of the web.

    >>> is_web("https://treasury.example/x"), is_web("cc-by")
    (True, False)
    """
    try:
        parts = urlsplit(value.strip())
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.netloc)


def host(url: str) -> str:
    """The host of an address, lower case; empty where there is none.

    >>> host("https://Datos.example:8443/x"), host("x")
    ('datos.example', '')
    """
    try:
        return (urlsplit(url.strip()).hostname or "").lower()
    except ValueError:
        return ""


def root(url: str) -> str:
    """Scheme, host and port of an address with a slash at the end; empty where there is none.

    >>> root("https://datos.example:8443/a/b?c=d")
    'https://datos.example:8443/'
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}/" if parts.netloc else ""


def below(url: str, path: str) -> str:
    """A path below an address, whose query and fragment are left out.

    >>> below("https://datos.example/es?x=1", "data.json")
    'https://datos.example/es/data.json'
    """
    place = url.strip().partition("#")[0].partition("?")[0]
    return f"{place.rstrip('/')}/{path}"
