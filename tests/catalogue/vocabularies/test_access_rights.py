"""Declared access rights."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.catalogue.vocabularies.access_rights import AccessRights, read_access_rights

EU = "http://publications.europa.eu/resource/authority/access-right/"

STATED = [
    (AccessRights.PUBLIC, ["public", EU + "PUBLIC", "Público", "ABIERTO", "info:eu-repo/semantics/openAccess"]),
    (AccessRights.PUBLIC, ["http://inspire.ec.europa.eu/metadata-codelist/LimitationsOnPublicAccess/noLimitations"]),
    (AccessRights.RESTRICTED, ["restricted public", EU + "RESTRICTED", "Acceso restringido"]),
    (AccessRights.NON_PUBLIC, ["non-public", EU + "NON_PUBLIC", "reservado", "CONFIDENTIAL"]),
    (AccessRights.UNSTATED, [None, "", " - "]),
    (AccessRights.UNRECOGNISED, ["Access right 4", "según la ley"]),
]


@pytest.mark.parametrize(("rights", "stated"), [(rights, text) for rights, texts in STATED for text in texts])
def test_access_rights(rights: AccessRights, stated: str | None) -> None:
    assert read_access_rights(stated) is rights


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    assert read_access_rights(text) in AccessRights
