"""The address will still lead to the resource tomorrow, and for everybody: it carries nothing that ends, and is no
private place."""

import ipaddress
import re

from atalaya.checks.cases import ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.example_cases import distribution, resource_case
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed

SIGNED = re.compile(
    r"[?&;](?:x-amz-(?:signature|expires|security-token)|x-goog-(?:signature|expires)|awsaccesskeyid|googleaccessid|"
    r"expires|signature|"
    r"sig|se|token|access_token|auth_token|jwt|hdnea|policy|key-pair-id)=(?=[^&;#]{0,80}\d)[^&;#]{6,}"
)
"""Parameters of addresses that were signed for a while, as the storage services of Amazon, Google and Microsoft write them."""

ALWAYS_SIGNED = re.compile(
    r"[?&](?:x-amz-signature|x-goog-signature|awsaccesskeyid|hdnea|key-pair-id|access_token|jwt)=[^&#]{6,}|"
    r"[?&]sig=(?=[^&#]{0,60}\d)[^&#]{20,}"
)
"""Those of them that mean a signature wherever they stand; the others need a second one beside them."""

SESSION = re.compile(
    r"[;?&/](?:jsessionid|phpsessid|aspsessionid\w{0,20}|asp\.net_sessionid|cfid|cftoken)[=/][\w!.-]{8,}|"
    r"[;?&](?:sessionid|session_id|sid|sess)=(?=[\w!.-]{0,40}\d)(?=[\w!.-]{0,40}[a-z])[\w!.]{16,}|"
    r"/\(s\([a-z0-9]{20,30}\)\)/"
)
"""Identifiers of one visit in an address: of Java, PHP, ASP and ASP.NET, ColdFusion; a plain "sid" only over a long mix of
letters and digits, because surveys and sessions of a congress have numbers too."""

TEMPORARY = re.compile(
    r"(?:^|\.)(?:ngrok\.io|ngrok\.app|ngrok-free\.(?:app|dev)|trycloudflare\.com|loca\.lt|localtunnel\.me|"
    r"serveo\.net|we\.tl|wetransfer\.com|"
    r"transfer\.sh|file\.io|tmpfiles\.org|temp\.sh|0x0\.st|gofile\.io|bit\.ly|tinyurl\.com|t\.co|goo\.gl|ow\.ly|"
    r"is\.gd|cutt\.ly|rebrand\.ly|"
    r"t\.ly|tiny\.cc|shorturl\.at|acortar\.link|forms\.gle|qrco\.de|lnkd\.in|rb\.gy|n9\.cl|"
    r"codesandbox\.io|azurewebsites\.net\.staging)$"
)
"""Hosts made for a while: tunnels to a desk, sharing that ends, shortened addresses."""

STAGING = re.compile(
    r"(?:^|[.-])(?:staging|stage|test|testing|pruebas?|dev|qa|uat|preprod|preproduccion|homologacao|"
    r"sandbox)(?:\d{0,2})(?=[.-]|$)"
)
"""Parts of a host's name that people give to systems for trials. Development is the business of ministries too."""

_COPY = re.compile(r"-(?:staging|dev|uat|preprod|preproduccion)\d{0,2}(?=\.)")
"""The same at the end of a registered name, where no other word is meant."""

SUFFIXES = (
    "gob",
    "gov",
    "gub",
    "go",
    "gouv",
    "govt",
    "com",
    "org",
    "net",
    "edu",
    "ac",
    "mil",
    "co",
    "or",
    "leg",
    "jus",
    "int",
)
"""Second-last parts of names under which countries register names of institutions."""

INTERNAL = ("localhost", "local", "lan", "internal", "intranet", "corp", "home", "localdomain", "test", "invalid")
"""Last parts of names that exist inside a network only (RFC 6761, RFC 6762, ICANN's .internal of 2024)."""


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource."""
    if case.distribution.derived:
        return not_applicable("derived")
    url = (case.distribution.url or "").strip().lower()
    scheme, mark, rest = url.partition("://")
    if not mark or not scheme.isalpha():
        return not_applicable("no_address")
    fault = _of_host(_host(rest)) or _of_rest(rest)
    return passed() if fault is None else failed(fault)


def _host(rest: str) -> str:
    authority = rest.partition("/")[0].partition("?")[0].partition("#")[0].rpartition("@")[2]
    if authority.startswith("["):
        return authority[1:].partition("]")[0]
    return authority.partition(":")[0].rstrip(".")


def _of_host(host: str) -> str | None:
    last = host.rpartition(".")[2]
    if last.isdigit() or ":" in host:
        return _of_number(host)
    if last in INTERNAL or "." not in host:
        return "internal"
    if TEMPORARY.search(host):
        return "temporary"
    return "trial" if STAGING.search(_system(host)) or _COPY.search(host) else None


def _system(host: str) -> str:
    """The parts of a name before the one that is registered: an institution may be called "test", its system should not."""
    parts = host.split(".")
    registered = 3 if len(parts) >= 3 and len(parts[-1]) == 2 and parts[-2] in SUFFIXES else 2
    return ".".join(parts[:-registered])


def _of_number(host: str) -> str:
    try:
        return "number" if ipaddress.ip_address(host).is_global else "internal"
    except ValueError:
        return "number"


def _of_rest(rest: str) -> str | None:
    """The path and the query: nothing is looked for in plain ones."""
    if "?" not in rest and ";" not in rest and "(s(" not in rest and "sess" not in rest:
        return None
    if SESSION.search(rest):
        return "session"
    if ALWAYS_SIGNED.search(rest) or len(SIGNED.findall(rest)) >= 2:
        return "signed"
    return None


def _at(url: str | None) -> ResourceCase:
    return resource_case(distribution=distribution(download_url=url))


CHECK = Check(
    id="address_lasting",
    version=2,
    level=Level.RESOURCE,
    dimension=Dimension.ACCESS,
    title="The address is made to last",
    text="The address works tomorrow and from everywhere: it carries no session and no signature that expires, names "
    "the host by name and "
    "not by number, and leads to no computer inside a network, trial system, sharing service or shortener.",
    remedy="Publish the file at a fixed address under the institution's own name, readable without a session or key, "
    "and write that address "
    "in the catalogue.",
    effort=Effort.MEDIUM,
    fields=("distribution.derived", "distribution.download_url", "distribution.access_url"),
    reasons={
        "ok": "Nothing in the address is made to end.",
        "derived": "The link was made by a rule of the reader, not published by the institution.",
        "no_address": "The resource has no web address.",
        "session": "The address carries the identifier of one visit, which ends with it.",
        "signed": "The address carries a signature or key that expires.",
        "internal": "The address leads to a computer inside a network that others cannot reach.",
        "number": "The address names the host by its number, which changes when the server moves.",
        "temporary": "The address is of a tunnel, a sharing service or a shortener, which are made for a while.",
        "trial": "The name of the host is that of a system for trials.",
    },
    rule=rule,
    examples=(
        Example(resource_case(), Verdict.PASS, "ok", "a file under a name"),
        Example(
            _at("https://datos.example.org/descarga?id=12&formato=csv"),
            Verdict.PASS,
            "ok",
            "parameters that mean the same tomorrow",
        ),
        Example(
            _at("https://datos.example.org/a.csv;jsessionid=0A1B2C3D4E5F6071"),
            Verdict.FAIL,
            "session",
            "a session of Java",
        ),
        Example(
            _at("https://b.s3.amazonaws.com/a.csv?X-Amz-Expires=3600&X-Amz-Signature=0123456789abcdef"),
            Verdict.FAIL,
            "signed",
            "signed for an hour",
        ),
        Example(_at("http://localhost:8080/geoserver/a.csv"), Verdict.FAIL, "internal", "the publisher's own computer"),
        Example(_at("http://192.168.1.20/a.csv"), Verdict.FAIL, "internal", "a private address"),
        Example(_at("http://8.8.8.8/a.csv"), Verdict.FAIL, "number", "a public address as a number"),
        Example(_at("https://ab12.ngrok.io/a.csv"), Verdict.FAIL, "temporary", "a tunnel"),
        Example(_at("https://staging.datos.example.org/a.csv"), Verdict.FAIL, "trial", "a staging system"),
        Example(_at(None), Verdict.NOT_APPLICABLE, "no_address", "no address"),
        Example(
            resource_case(distribution=distribution(derived=True)),
            Verdict.NOT_APPLICABLE,
            "derived",
            "a link that the reader made",
        ),
    ),
)
