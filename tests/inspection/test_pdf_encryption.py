"""Encrypted PDFs: those that ask for no password, and those that do. The dictionaries are of blank pages written by pypdf."""

import pytest

from atalaya.inspection.inspector import inspect_bytes
from atalaya.inspection.pdf_encryption import opens_without_password

DICTIONARIES = (
    (
        2, True, 40,
        "7d5601bc55f3a5d22ba52018d3f05aca",
        "9cea551c2469782d20ea7d4aa91831ecfe046c2abae772dfe91cc1961c639308",
        "1bb391a6b616ed5a6c49df6c7636caedb8079a428e8e2b136013977a1392ae2f",
    ),
    (
        2, False, 40,
        "376964a9c9d7e046c86b1f1e2ace891e",
        "d7397a340f344d221aa44696178630aa86d5969d62a1625f70c00056f81ff6db",
        "fe6e72abd194f60d70175dc5f5d6bb2fcadee474007fc15b3b81063521dc5d3a",
    ),
    (
        3, True, 128,
        "49960a132dc3b1e5d436a87afc3eaefe",
        "e3a9e88c35a680e765f533f552fafc058f2547041e1cd052fe784c6261e3afca",
        "0bdb2d4680190d0bff6295fbecbf71db28bf4e5e4e758a4164004e56fffa0108",
    ),
    (
        3, False, 128,
        "066b3bdfca7e73d0229f48e3de98bf70",
        "a87ac7a41efbb5e85fbb0829ec64fd43f7f4bdb3c65ac0d267a48da2859fca19",
        "b09a9937860e8d796dfe233dca18abfa28bf4e5e4e758a4164004e56fffa0108",
    ),
    (
        4, True, 128,
        "6d9ac2139d581d4e0f51efef99a04e3a",
        "e3a9e88c35a680e765f533f552fafc058f2547041e1cd052fe784c6261e3afca",
        "ff49930f221905d41dfbbff223a8405728bf4e5e4e758a4164004e56fffa0108",
    ),
    (
        4, False, 128,
        "0fb47509a1c90d025877126f8fc186ec",
        "a87ac7a41efbb5e85fbb0829ec64fd43f7f4bdb3c65ac0d267a48da2859fca19",
        "37b872a7d6a4f6bfd988285773a3b7e728bf4e5e4e758a4164004e56fffa0108",
    ),
    (
        5, True, 256,
        "d139f508635d6f42347d1c3b0e361fdb",
        "38673fa936bbf649a8e10c848d0c71873352e8890c8725565d6040b5b5896aa14ef94da0b98c88b89f5ef19fce07bbdc",
        "b70a0c40fb1d077aad82ef2118adb01a712f22da2e66abf97331bd15101a27a9d6fddf93f9fb20ee9a9f3097801ab7aa",
    ),
    (
        5, False, 256,
        "c4b4242ff5f346a0cb1cdfe348cd379d",
        "623c1198d1efcf041cc6303a02f2946d7ab8470fba1f11224650d5306b42d02e5cc5b7e80daf078a30747445508f7977",
        "33304caa50dc03d6a287be40e31aee08cadd51ae7b9ae7806dcd41c5ffbeae4a47407a61e0cc1a7d9ab6006e5bc350f6",
    ),
    (
        6, True, 256,
        "d5336c0647a7ff06eefa95a250937018",
        "e4db758fea048cb85ecc229c9d3dc1279e769a8482fcc5a3e19ac720c1f0c2e05502dcbb0da2d12e4afdf375f59ba837",
        "c65a494b39187ce47d91dd94761b9d6566659332666e0a59c20f727ea8763bb9886f896ef9b7230ff71fdbe677afe01f",
    ),
    (
        6, False, 256,
        "e8599d6a9e0dd32559090149ef95d049",
        "ef9418acb4d2c4be94480266bd2d3c20affecc340d1dd42f5f66c19b1fce6273d38d07fd2d5fe2146c5605b385920a3f",
        "eb38b3f47ea1ae4ccb35d5c03f2fc4157d05c1562579bb00ea7c107fb31f115ed3e21e9385d60f3a8bb4a7cfe7b3c756",
    ),
)  # fmt: skip
"""Revision, whether it opens, bits of the key, and in hexadecimal digits the first identifier, O and U."""


def written(revision: int, bits: int, first: str, owner: str, user: str) -> bytes:
    facts = f"/Filter /Standard /V {revision} /R {revision} /Length {bits} /P 4294967292 /O <{owner}> /U <{user}>"
    return f"%PDF-1.7\n7 0 obj\n<< {facts} >>\nendobj\ntrailer << /Encrypt 7 0 R /ID [<{first}> <{first}>] >>\n%%EOF".encode()


@pytest.mark.parametrize(("revision", "opens", "bits", "first", "owner", "user"), DICTIONARIES)
def test_only_a_right_empty_password_opens(
    revision: int, opens: bool, bits: int, first: str, owner: str, user: str
) -> None:
    data = written(revision, bits, first, owner, user)
    assert opens_without_password(data) is opens
    locked = any(defect.code == "password_protected" for defect in inspect_bytes(data, url="a.pdf").defects)
    assert locked is not opens


@pytest.mark.parametrize(
    "change",
    [
        (b"/Filter /Standard", b"/Filter /Other"),
        (b"/U <", b"/W <"),
        (b"7 0 obj", b"8 0 obj"),
        (b"/R 3", b"/R x"),
        (b"/O <e3", b"/O <e4"),
    ],
)
def test_what_cannot_be_read_is_taken_for_closed(change: tuple[bytes, bytes]) -> None:
    data = written(*DICTIONARIES[2][:1], *DICTIONARIES[2][2:])
    assert opens_without_password(data)
    assert not opens_without_password(data.replace(*change))


def test_strings_may_be_written_with_escapes() -> None:
    _, _, bits, first, owner, user = DICTIONARIES[2]
    octal = "".join(f"\\{byte:03o}" for byte in bytes.fromhex(user))
    data = written(3, bits, first, owner, user).replace(f"<{user}>".encode(), f"({octal})".encode())
    assert opens_without_password(data)
