"""Settings: the only place that reads the environment. A frozen object is built in `cli` and handed down.

Every field has a default that runs on a laptop. The reference page is generated from `VARIABLES`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from atalaya.exceptions import SettingsError
from atalaya.version import __version__


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run of Atalaya may be told from outside. Sizes in bytes, times in seconds, rates in requests per second."""

    home: Path
    user_agent: str
    contact: str
    timeout: float
    body_limit: int
    requests_per_second: float
    connections: int
    crawl_delay_cap: float
    answer_seconds: float = 900.0
    head_seconds: float = 120.0
    least_rate: float = 512.0
    stream_limit: int = 4_294_967_296
    source_bytes: int = 2_147_483_648
    source_seconds: float = 21_600.0
    site_pages: int = 2_000
    site_documents: int = 2_000
    site_bytes: int = 1_073_741_824
    sites_at_once: int = 48
    browser: str = "auto"
    engine: str = ""
    storage: str = ""
    archive_bytes: int = 0
    archive_source_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable of the environment: its name, default and what it does."""

    name: str
    default: str
    text: str


VARIABLES = (
    Variable(
        "ATALAYA_ANSWER_SECONDS", "900", "Longest that one answer may take from request to last byte, in seconds."
    ),
    Variable(
        "ATALAYA_ARCHIVE_BYTES",
        "0",
        "Bytes on disk that the archive may take; `atalaya archive prune` holds it to that as far as findings cite nothing. "
        "0: as many as it takes.",
    ),
    Variable("ATALAYA_ARCHIVE_SOURCE_BYTES", "0", "The same for what was seen of one source; 0: as many as it takes."),
    Variable(
        "ATALAYA_ADDRESS",
        "http://localhost:8000",
        "Address at which people reach the portal, such as https://datos.example: what its letters link to.",
    ),
    Variable(
        "ATALAYA_BEHIND_PROXY",
        "0",
        "Proxies in front of the portal that speak HTTPS, set X-Forwarded-Proto and add the address of who asks to "
        "X-Forwarded-For: usually 1. Links and cookies are then kept to HTTPS. 0: none, and both headers are not believed.",
    ),
    Variable(
        "ATALAYA_BODY_LIMIT", "104857600", "Largest body kept whole, in bytes; of larger ones head and tail stay."
    ),
    Variable(
        "ATALAYA_BROWSER",
        "auto",
        "Browser for pages that are empty until their scripts run: `auto` (Chromium, where one is found), `off`, or its path.",
    ),
    Variable(
        "ATALAYA_CLIENT_RATE",
        "100",
        "Pages a second that one process of the portal gives to one client in the long run; half of it for the API and searches, "
        "a quarter for downloads.",
    ),
    Variable("ATALAYA_CONNECTIONS", "16", "Requests in flight at once over all hosts."),
    Variable("ATALAYA_CONTACT", "", "Address or page that publishers may write to; sent with every request."),
    Variable("ATALAYA_CRAWL_DELAY_CAP", "30", "Longest crawl delay of a robots.txt that is obeyed, in seconds."),
    Variable(
        "ATALAYA_DATABASE_URL",
        "",
        "PostgreSQL of the portal, postgresql://user@host/name; empty: one of its own in the home folder.",
    ),
    Variable(
        "ATALAYA_ENGINE",
        "",
        "PostgreSQL in which workers of several machines find their units and keep the pace of hosts together "
        "(schema `engine`); it may be that of the portal. Empty: every round runs on one machine.",
    ),
    Variable("ATALAYA_HEAD_SECONDS", "120", "Longest that status and headers of an answer may take, in seconds."),
    Variable("ATALAYA_HOME", "~/.local/share/atalaya", "Folder of observations, archive, keys and gate."),
    Variable("ATALAYA_HOSTS", "localhost,127.0.0.1", "Names under which the portal is asked, separated by commas."),
    Variable(
        "ATALAYA_LEAST_RATE",
        "512",
        "Bytes a second that a body must bring on average, judged after twice ATALAYA_TIMEOUT; slower is a timeout.",
    ),
    Variable("ATALAYA_LOG", "text", "How the portal writes its log, which holds no personal data: `text` or `json`."),
    Variable(
        "ATALAYA_MAIL",
        "",
        "Server that takes the portal's e-mail: smtp://user:password@host:587 (STARTTLS) or smtps://user:password@host:465; "
        "empty: letters become files in the folder `mail` of the home folder.",
    ),
    Variable("ATALAYA_MAIL_FROM", "atalaya@localhost", "Address that the portal's e-mail comes from."),
    Variable(
        "ATALAYA_METRICS",
        "",
        "Who may read the figures at /metricas: nobody (empty), everybody (`public`), or whoever brings this token as "
        "`Authorization: Bearer`.",
    ),
    Variable("ATALAYA_RATE", "1", "Requests per second to a host that no pack declares a rate for."),
    Variable(
        "ATALAYA_ROUNDS",
        "off",
        "`on`: the portal's workers begin rounds by themselves, as the schedule of the country's pack says, and ask hourly "
        "whether the evidence of plans is still there; `off`: people do.",
    ),
    Variable("ATALAYA_SECRET", "", "Key of the portal's signatures; empty: one kept in the home folder."),
    Variable("ATALAYA_SITE_BYTES", "1073741824", "Bytes of documents that are taken of one web site in a round."),
    Variable("ATALAYA_SITE_DOCUMENTS", "2000", "Documents that are asked for of one web site in a round."),
    Variable("ATALAYA_SITE_PAGES", "2000", "Pages that are asked for of one web site in a round."),
    Variable(
        "ATALAYA_SITES_AT_ONCE",
        "48",
        "Web sites that are read side by side; each holds its own pace, and what it has yet to read in memory.",
    ),
    Variable("ATALAYA_SOURCE_BYTES", "2147483648", "Bytes of catalogue that are read of one source in a round."),
    Variable("ATALAYA_SOURCE_SECONDS", "21600", "Longest that one source may be read in a round, in seconds."),
    Variable(
        "ATALAYA_STORAGE",
        "",
        "Storage that all workers share, for parts and archived bytes: a folder that all have mounted, or an address of fsspec "
        "such as s3://bucket/atalaya.",
    ),
    Variable("ATALAYA_STREAM_LIMIT", "4294967296", "Bytes after which reading a body stops, however it goes on."),
    Variable("ATALAYA_TIMEOUT", "30", "Seconds without a byte before an answer counts as a timeout."),
)


@dataclass(frozen=True, slots=True)
class PortalSettings:
    """What the portal may be told from outside. `secret` is empty where none was given; `proxies`: how many stand before it."""

    home: Path
    database: str
    secret: str
    hosts: tuple[str, ...]
    proxies: int
    client_rate: float
    mail: str
    mail_from: str
    metrics: str
    log: str
    address: str
    rounds: bool = False


def read_portal_settings(environment: Mapping[str, str], home: Path | None = None) -> PortalSettings:
    """Build the portal's settings from an environment; `home` overrides ATALAYA_HOME.

    Raises SettingsError naming the variable that cannot be used.
    """
    values = {variable.name: environment.get(variable.name) or variable.default for variable in VARIABLES}
    return PortalSettings(
        home=(home or Path(values["ATALAYA_HOME"])).expanduser(),
        database=values["ATALAYA_DATABASE_URL"],
        secret=values["ATALAYA_SECRET"],
        hosts=tuple(host.strip() for host in values["ATALAYA_HOSTS"].split(",") if host.strip()),
        proxies=_count(values, "ATALAYA_BEHIND_PROXY"),
        client_rate=_positive(values, "ATALAYA_CLIENT_RATE"),
        mail=values["ATALAYA_MAIL"],
        mail_from=values["ATALAYA_MAIL_FROM"],
        metrics=values["ATALAYA_METRICS"],
        log=_choice(values, "ATALAYA_LOG", ("text", "json")),
        address=_address(values["ATALAYA_ADDRESS"]),
        rounds=_switch(values, "ATALAYA_ROUNDS"),
    )


def read_settings(environment: Mapping[str, str], home: Path | None = None) -> Settings:
    """Build the settings from an environment; `home` overrides ATALAYA_HOME.

    Raises SettingsError naming the variable that cannot be used.
    """
    values = {variable.name: environment.get(variable.name) or variable.default for variable in VARIABLES}
    contact = values["ATALAYA_CONTACT"]
    return Settings(
        home=(home or Path(values["ATALAYA_HOME"])).expanduser(),
        user_agent=f"Atalaya/{__version__} (open-data observatory{'; ' + contact if contact else ''})",
        contact=contact,
        timeout=_positive(values, "ATALAYA_TIMEOUT"),
        body_limit=int(_positive(values, "ATALAYA_BODY_LIMIT")),
        requests_per_second=_positive(values, "ATALAYA_RATE"),
        connections=int(_positive(values, "ATALAYA_CONNECTIONS")),
        crawl_delay_cap=_positive(values, "ATALAYA_CRAWL_DELAY_CAP"),
        answer_seconds=_positive(values, "ATALAYA_ANSWER_SECONDS"),
        head_seconds=_positive(values, "ATALAYA_HEAD_SECONDS"),
        least_rate=_positive(values, "ATALAYA_LEAST_RATE"),
        stream_limit=int(_positive(values, "ATALAYA_STREAM_LIMIT")),
        source_bytes=int(_positive(values, "ATALAYA_SOURCE_BYTES")),
        source_seconds=_positive(values, "ATALAYA_SOURCE_SECONDS"),
        site_pages=int(_positive(values, "ATALAYA_SITE_PAGES")),
        site_documents=int(_positive(values, "ATALAYA_SITE_DOCUMENTS")),
        site_bytes=int(_positive(values, "ATALAYA_SITE_BYTES")),
        sites_at_once=max(1, int(_positive(values, "ATALAYA_SITES_AT_ONCE"))),
        browser=values["ATALAYA_BROWSER"],
        engine=values["ATALAYA_ENGINE"],
        storage=values["ATALAYA_STORAGE"],
        archive_bytes=_count(values, "ATALAYA_ARCHIVE_BYTES"),
        archive_source_bytes=_count(values, "ATALAYA_ARCHIVE_SOURCE_BYTES"),
    )


def _positive(values: Mapping[str, str], name: str) -> float:
    try:
        number = float(values[name])
    except ValueError as error:
        raise SettingsError(f"{name} is {values[name]!r}; give a number above zero") from error
    if not number > 0:
        raise SettingsError(f"{name} is {values[name]!r}; give a number above zero")
    return number


def _address(said: str) -> str:
    """An address of the web without its last slash."""
    try:
        parts = urlsplit(said)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query and parts.username is None
    except ValueError:
        good = False
    if not good:
        raise SettingsError(
            f"ATALAYA_ADDRESS is {said!r}; give the address of the portal, such as https://datos.example"
        )
    return said.rstrip("/")


def _switch(values: Mapping[str, str], name: str) -> bool:
    if values[name] not in ("on", "off"):
        raise SettingsError(f"{name} is {values[name]!r}; give on or off")
    return values[name] == "on"


def _count(values: Mapping[str, str], name: str) -> int:
    if not values[name].isdecimal() or not values[name].isascii():
        raise SettingsError(f"{name} is {values[name]!r}; give a whole number, 0 for none")
    return int(values[name])


def _choice(values: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    if values[name] not in choices:
        raise SettingsError(f"{name} is {values[name]!r}; write one of {', '.join(choices)}")
    return values[name]
