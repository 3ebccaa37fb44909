"""Errors of the network sorted into failures, each with a sentence that says nothing of ports, machines or moments."""

import socket
import ssl
from dataclasses import dataclass

import aiohttp
from aiohttp.http_exceptions import HttpProcessingError

from atalaya.fetch.answers import Failure

NETWORK = (aiohttp.ClientError, HttpProcessingError, OSError, TimeoutError, EOFError)
"""What a publisher's server or the way to it may raise here. Our own disk errors come as StoreError and pass."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why an exchange gave no answer; `transient` when asking again may help."""

    failure: Failure
    detail: str
    transient: bool = True


def trouble_of(error: BaseException) -> Trouble:
    """Sort an error of `NETWORK`."""
    cause = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    if isinstance(error, TimeoutError):
        return Trouble(Failure.TIMEOUT, "no answer came within the time allowed")
    if isinstance(error, aiohttp.ClientConnectorDNSError) or isinstance(cause, socket.gaierror):
        return Trouble(Failure.DNS, "the name does not resolve", transient=False)
    if isinstance(error, aiohttp.ClientSSLError) or isinstance(cause, ssl.SSLError):
        return Trouble(Failure.TLS_OTHER, "no TLS connection could be agreed on", transient=False)
    if isinstance(cause, ConnectionRefusedError):
        return Trouble(Failure.REFUSED, "the connection is refused", transient=False)
    if isinstance(error, aiohttp.ClientResponseError | aiohttp.InvalidURL | HttpProcessingError):
        return Trouble(Failure.CONNECTION, "what came back is not HTTP", transient=False)
    return Trouble(Failure.CONNECTION, "the connection broke before an answer came")
