"""What is wrong with a certificate that was refused: read from the certificate itself, as one error may hide another."""

import asyncio
import ipaddress
import ssl
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

from atalaya.fetch.answers import Failure

_OPENSSL: Final = {
    9: Failure.TLS_EXPIRED,  # not yet valid
    10: Failure.TLS_EXPIRED,
    18: Failure.TLS_SELF_SIGNED,
    19: Failure.TLS_SELF_SIGNED,  # a root in the chain that nobody trusts
    62: Failure.TLS_WRONG_HOST,
    64: Failure.TLS_WRONG_HOST,
}
"""Verification codes of OpenSSL (x509_vfy.h) that name their cause."""

_DETAILS: Final = {
    Failure.TLS_EXPIRED: "the certificate is out of its time",
    Failure.TLS_SELF_SIGNED: "the certificate is signed by nobody but its owner",
    Failure.TLS_WRONG_HOST: "the certificate is for another host",
    Failure.TLS_OTHER: "the certificate leads to no trusted root: an intermediate may be missing",
}


@dataclass(frozen=True, slots=True)
class TLSFault:
    """Why a certificate was refused, in one class and one sentence."""

    failure: Failure
    detail: str


def fault(failure: Failure) -> TLSFault:
    """The fault of a class with its sentence."""
    return TLSFault(failure, _DETAILS[failure])


async def examine(address: str, port: int, host: str, code: int, moment: datetime, timeout: float) -> TLSFault:
    """Connect once more, unverified, only to see the certificate; where that fails OpenSSL's `code` decides.

    `address` and `port` are where the host is served, `host` the name it was asked by; `timeout` in seconds.
    """
    try:
        async with asyncio.timeout(timeout):
            _, writer = await asyncio.open_connection(address, port, ssl=unverified(), server_hostname=host)
            data = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
            writer.transport.abort()
    except (OSError, TimeoutError, ValueError):
        data = None
    return classify(data, host, code, moment)


def unverified() -> ssl.SSLContext:
    """A context that accepts every certificate, for reading what a failed verification hid."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def classify(data: bytes | None, host: str, code: int, moment: datetime) -> TLSFault:
    """The first that holds: out of its time, signed by itself, for another host, what OpenSSL says, other."""
    said = _OPENSSL.get(code, Failure.TLS_OTHER)
    try:
        certificate = x509.load_der_x509_certificate(data) if data else None
        if certificate is None:
            return fault(said)
        if not certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc:
            return fault(Failure.TLS_EXPIRED)
        if _signs_itself(certificate):
            return fault(Failure.TLS_SELF_SIGNED)
        if not matches(certificate, host):
            return fault(Failure.TLS_WRONG_HOST)
    except (ValueError, UnsupportedAlgorithm):
        return fault(said)
    return fault(said)


def _signs_itself(certificate: x509.Certificate) -> bool:
    if certificate.issuer != certificate.subject:
        return False
    try:
        certificate.verify_directly_issued_by(certificate)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def matches(certificate: x509.Certificate, host: str) -> bool:
    """Whether the certificate names the host (RFC 9525): its alternative names, a star for one whole first label."""
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return False
    try:
        return ipaddress.ip_address(host) in names.get_values_for_type(x509.IPAddress)
    except ValueError:
        pass
    wanted = host.lower().removesuffix(".")
    parent = wanted.partition(".")[2]
    return any(
        name == wanted or (name.startswith("*.") and "." in parent and name[2:] == parent)
        for name in (text.lower() for text in names.get_values_for_type(x509.DNSName))
    )
