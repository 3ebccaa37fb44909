"""What is wrong with a certificate, told from the certificate itself."""

import datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from atalaya.fetch.answers import Failure
from atalaya.fetch.certificates import classify
from tests.fetch.conftest import MOMENT

KEY = ec.generate_private_key(ec.SECP256R1())
OTHER = ec.generate_private_key(ec.SECP256R1())
DAY = datetime.timedelta(days=1)


def certificate(
    *, names: tuple[str, ...] = ("a.example",), own: bool = False, start: int = -10, end: int = 10, same: bool = False
) -> bytes:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a.example")])
    issuer = subject if own or same else x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Authority")])
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(KEY.public_key())
        .serial_number(7)
        .not_valid_before(MOMENT + start * DAY)
        .not_valid_after(MOMENT + end * DAY)
    )
    if names:
        built = built.add_extension(x509.SubjectAlternativeName([x509.DNSName(name) for name in names]), critical=False)
    return built.sign(KEY if own else OTHER, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


@pytest.mark.parametrize(
    ("data", "host", "code", "failure"),
    [
        (certificate(end=-1), "a.example", 20, Failure.TLS_EXPIRED),
        (certificate(start=1), "a.example", 20, Failure.TLS_EXPIRED),
        (certificate(own=True), "a.example", 18, Failure.TLS_SELF_SIGNED),
        (certificate(own=True, end=-1), "a.example", 18, Failure.TLS_EXPIRED),
        (certificate(own=True, names=("localhost",)), "a.example", 18, Failure.TLS_SELF_SIGNED),
        (certificate(same=True), "a.example", 20, Failure.TLS_OTHER),
        (certificate(), "b.example", 20, Failure.TLS_WRONG_HOST),
        (certificate(names=()), "a.example", 20, Failure.TLS_WRONG_HOST),
        (certificate(names=("*.a.example",)), "www.a.example", 20, Failure.TLS_OTHER),
        (certificate(names=("*.a.example",)), "a.example", 20, Failure.TLS_WRONG_HOST),
        (certificate(names=("*.a.example",)), "x.www.a.example", 20, Failure.TLS_WRONG_HOST),
        (certificate(names=("*.example",)), "a.example", 20, Failure.TLS_WRONG_HOST),
        (certificate(names=("A.EXAMPLE",)), "a.example", 20, Failure.TLS_OTHER),
        (certificate(), "1.1.1.1", 64, Failure.TLS_WRONG_HOST),
        (certificate(), "a.example", 20, Failure.TLS_OTHER),
        (certificate(), "a.example", 19, Failure.TLS_SELF_SIGNED),
        (None, "a.example", 10, Failure.TLS_EXPIRED),
        (None, "a.example", 62, Failure.TLS_WRONG_HOST),
        (None, "a.example", 20, Failure.TLS_OTHER),
        (b"no certificate", "a.example", 18, Failure.TLS_SELF_SIGNED),
    ],
)
def test_the_cause_is_told(data: bytes | None, host: str, code: int, failure: Failure) -> None:
    assert classify(data, host, code, MOMENT).failure is failure
