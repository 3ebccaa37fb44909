"""The plan of a sample site: what its institution publishes of every duty, and in which style."""

from dataclasses import dataclass

from atalaya.duties.periods import Period
from atalaya.samples.plan import InstitutionPlan
from atalaya.samples.sites.law import LawDuty

OPEN_FORMS = {
    "table": frozenset({"csv", "xlsx"}),
    "text": frozenset({"csv", "xlsx", "pdf", "docx", "page"}),
    "any": frozenset({"csv", "xlsx", "pdf", "docx", "page", "scan"}),
}
"""Forms of a publication by the openness that a law asks for: a table that machines read, text that they read, or anything."""

SAMPLE_FORMS = {
    "table": ("csv", "xlsx", "xlsx"),
    "text": ("pdf", "docx", "docx", "page", "page"),
    "any": ("pdf", "docx", "page", "page", "xlsx"),
}
"""Forms that a site with good habits chooses from."""

CLOSED_FORMS = {"table": ("pdf", "docx", "docx", "scan"), "text": ("scan",), "any": ()}
"""Forms that the openness refuses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One document or page with content. `path` is its address on the site, `text` the text of the link to it."""

    form: str
    path: str
    text: str
    period: Period | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """What a site does about one duty.

    `manner` is `published` (its `items`), `hollow` (a page of its own says nothing), `bare` (a heading alone), `anchor` (a link
    to where one already is), `stated` (`statement` says on a page why it does not apply), `letter` (a document says so),
    `folder` (a shared folder at `outside`) or `absent`.
    `name` is what it is called, `label` how it is written, with its citation. `path` is the page of its own, where it has one.
    """

    duty: LawDuty
    manner: str
    name: str
    label: str
    path: str
    items: tuple[Item, ...] = ()
    statement: str = ""
    outside: str = ""
    mislabelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a site is made: the layout of its pages, how it cites numerals, spells periods and names files and its section."""

    layout: str
    citing: str
    section: str
    article: str
    casing: str = "plain"
    periods: str = "words"
    files: str = "opaque"
    abbreviates: bool = False
    sitemap: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePlan:
    """One site. `character` says what kind of site it is, `outage` how a dead one fails: `refused`, `no_dns` or `500`."""

    institution: InstitutionPlan
    character: str
    style: Style
    planted: tuple[Planted, ...] = ()
    outage: str | None = None

    @property
    def host(self) -> str:
        """The name of its host."""
        return f"www.{self.institution.domain}"

    @property
    def home(self) -> str:
        """The address of its home page."""
        return f"https://{self.host}/"

    def url(self, path: str) -> str:
        """The address of a path of the site."""
        return self.home + path
