"""Constraints of a resource: licence, access rights and other rights, as written.

ISO 19115 has one free text (`otherConstraints`) for limits on access and for conditions of use; which of the two it is, the
code beside it says. INSPIRE's guidelines put licences there (TG Metadata 2.0, requirements C.17 and C.18) or into
`useLimitation` (TG 1.3): https://inspire.ec.europa.eu/id/document/tg/metadata-iso19139 .
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from atalaya.harvest.elements import Node
from atalaya.harvest.iso.properties import Anchored, anchored, codes, value

_LICENCE = re.compile(
    r"licen[cs]|lizenz|creative\s*commons|\bCC[-\s]?(?:BY|0|zero)\b|\bODbL\b|\bODC\b|\bOGL\b|\bdl-de\b|geonutz|etalab"
    r"|public\s+domain|dominio\s+p[úu]blico",
    re.IGNORECASE,
)
"""What names a licence in the languages of the catalogues read so far."""
_ACCESS = re.compile(r"LimitationsOnPublicAccess|noLimitations|\b13[.\s(]*1[.\s)(]*[a-h]\b", re.IGNORECASE)
"""What INSPIRE writes about access: its code list, and article 13(1) of directive 2007/2/EC, points (a) to (h)."""
_NO_CODE = frozenset({"otherrestrictions", "license", "licence"})
"""Codes that only announce that a text says more."""


@dataclass(frozen=True, slots=True)
class Rights:
    """What is said of use and access; each value as written."""

    licence: str | None = None
    licence_title: str | None = None
    licence_url: str | None = None
    access_rights: str | None = None
    rights: str | None = None


@dataclass
class _Gathered:
    use: list[Anchored] = field(default_factory=list)
    access: list[Anchored] = field(default_factory=list)
    either: list[Anchored] = field(default_factory=list)
    limits: list[str] = field(default_factory=list)
    use_codes: list[str] = field(default_factory=list)
    access_codes: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)


def read_rights(identification: Node) -> Rights:
    """The constraints of an identification (`resourceConstraints`)."""
    said = _Gathered()
    for block in identification.nodes("resourceConstraints", "*"):
        _gather(block, said)
    licence = _named([*said.use, *said.either, *(Anchored(text) for text in said.limits)]) or _only(said.use)
    access = _first(said.access) or _joined(code for code in said.access_codes if code.lower() not in _NO_CODE)
    texts = [item.text or item.href for item in (*said.use, *said.access, *said.either)]
    used = {access, *_parts(licence), *_parts(next(iter(said.access), None))}
    rest = [text for text in (*texts, *said.limits) if text and text not in used]
    rest += [code for code in said.use_codes if code.lower() not in _NO_CODE]
    return Rights(
        licence=None if licence is None else licence.href or licence.text,
        licence_title=licence.text if licence is not None and licence.href else None,
        licence_url=next(iter(said.references), None),
        access_rights=access,
        rights=_joined(rest),
    )


def _gather(block: Node, said: _Gathered) -> None:
    """One block of constraints: its texts go where the codes of the same block point."""
    use, access = codes(block, "useConstraints"), codes(block, "accessConstraints")
    said.use_codes += use
    said.access_codes += [*access, *codes(block, "classification")]
    said.limits += [text for node in block.nodes("useLimitation") if (text := value(node)) is not None]
    for citation in block.nodes("reference", "CI_Citation"):
        said.references += [text for node in citation.nodes("onlineResource", "*", "linkage") if (text := value(node))]
    for node in block.nodes("otherConstraints"):
        other = anchored(node)
        if other.text is None and other.href is None:
            continue
        _placed(other, use, access, said).append(other)


def _placed(other: Anchored, use: tuple[str, ...], access: tuple[str, ...], said: _Gathered) -> list[Anchored]:
    """Where one text belongs: what it says itself, else the code beside it that announces a text, else it is open."""
    words = f"{other.text or ''} {other.href or ''}"
    if _ACCESS.search(words):
        return said.access
    opens_use, opens_access = ("otherrestrictions" in (code.lower() for code in codes) for codes in (use, access))
    if use and (not access or (opens_use and not opens_access)):
        return said.use
    if access and (not use or (opens_access and not opens_use)):
        return said.use if _LICENCE.search(words) else said.access
    return said.either


def _only(items: list[Anchored]) -> Anchored | None:
    """The one text on use, which then is the condition of use; of several that name no licence none is told to be it."""
    return items[0] if len(items) == 1 else None


def _named(items: Iterable[Anchored]) -> Anchored | None:
    return next((item for item in items if _LICENCE.search(f"{item.text or ''} {item.href or ''}")), None)


def _first(items: list[Anchored]) -> str | None:
    return next((item.href or item.text for item in items), None)


def _parts(item: Anchored | None) -> tuple[str | None, str | None]:
    return (None, None) if item is None else (item.text, item.href)


def _joined(texts: Iterable[str]) -> str | None:
    return "\n".join(dict.fromkeys(texts)) or None
