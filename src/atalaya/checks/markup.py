"""Texts of records without their markup: catalogues keep descriptions in HTML."""

import html
import re

_TAG = re.compile(r"<[^>]{0,500}>")


def plain(text: str | None) -> str:
    """The text without tags, its entities resolved and every run of white space one space.

    >>> plain("<p style='color: red'>Campos&nbsp;y <b>ríos</b></p>")
    'Campos y ríos'
    """
    bare = text or ""
    if "<" in bare or "&" in bare:
        bare = html.unescape(_TAG.sub(" ", bare))
    return " ".join(bare.split())
