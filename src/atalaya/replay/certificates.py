"""Bad certificates made when a replay starts: out of their time, signed by themselves, for another host."""

import datetime
import ipaddress
import ssl
import tempfile
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_LONG_AGO = datetime.datetime(2001, 1, 1, tzinfo=datetime.UTC)
_AGO = datetime.datetime(2002, 1, 1, tzinfo=datetime.UTC)
_FAR = datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC)
"""Fixed moments: what is out of its time is so by any clock."""


def server_context(kind: str, hosts: tuple[str, ...]) -> ssl.SSLContext:
    """A server's TLS context for hosts with a certificate that is `expired`, `self_signed` or for a `wrong_host`."""
    key = ec.generate_private_key(ec.SECP256R1())
    signer = key if kind == "self_signed" else ec.generate_private_key(ec.SECP256R1())
    owner = _name(hosts[0])
    names = ("elsewhere.invalid",) if kind == "wrong_host" else hosts
    certificate = (
        x509.CertificateBuilder()
        .subject_name(owner)
        .issuer_name(owner if kind == "self_signed" else _name("Replay authority"))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_LONG_AGO)
        .not_valid_after(_AGO if kind == "expired" else _FAR)
        .add_extension(x509.SubjectAlternativeName([_alternative(name) for name in names]), critical=False)
        .sign(signer, hashes.SHA256())
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "certificate.pem")
        path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
        context.load_cert_chain(path)
    return context


def _name(text: str) -> x509.Name:
    # X.509 allows 64 characters here; the whole name stands among the alternative names.
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text[:64])])


def _alternative(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)
