"""Language codes of ISO 639-2, which metadata records use, as language tags of BCP 47, which wants the shortest code."""

import re

_CODES = """
aar:aa abk:ab afr:af alb:sq sqi:sq amh:am ara:ar arg:an arm:hy hye:hy aym:ay aze:az baq:eu eus:eu bel:be ben:bn bos:bs
bre:br bul:bg bur:my mya:my cat:ca chi:zh zho:zh cze:cs ces:cs dan:da dut:nl nld:nl eng:en epo:eo est:et fao:fo fin:fi
fre:fr fra:fr fry:fy geo:ka kat:ka ger:de deu:de gla:gd gle:ga glg:gl gre:el ell:el grn:gn guj:gu hat:ht heb:he hin:hi
hrv:hr hun:hu ice:is isl:is iku:iu ind:id ita:it jpn:ja kal:kl kaz:kk khm:km kir:ky kor:ko lao:lo lav:lv lit:lt ltz:lb
mac:mk mkd:mk mao:mi mri:mi may:ms msa:ms mlt:mt mon:mn nav:nv nep:ne nno:nn nob:nb nor:no oci:oc per:fa fas:fa pol:pl
por:pt que:qu roh:rm rum:ro ron:ro rus:ru slo:sk slk:sk slv:sl sme:se spa:es srp:sr swa:sw swe:sv tam:ta tgk:tg tha:th
tur:tr ukr:uk urd:ur uzb:uz vie:vi wel:cy cym:cy
"""
SHORT = {pair.partition(":")[0]: pair.partition(":")[2] for pair in _CODES.split()}
"""Codes of three letters (bibliographic and terminological) → two letters: https://www.loc.gov/standards/iso639-2/ ."""

_FIRST = re.compile(r"^\s*#?(?:locale[-_])?([A-Za-z]{2,3})(?![A-Za-z])")


def tag(said: str | None) -> str:
    """The language tag of a code as records write it; empty where it is none.

    >>> tag("spa"), tag("eng; USA"), tag("#locale-fre"), tag("Español"), tag("quc")
    ('es', 'en', 'fr', '', 'quc')
    """
    found = _FIRST.match(said or "")
    if found is None:
        return ""
    code = found[1].lower()
    return SHORT.get(code, code)
