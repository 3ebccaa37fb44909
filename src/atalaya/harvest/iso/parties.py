"""Who is responsible for a resource: organisations by role. Persons, posts and addresses are never kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from atalaya.catalogue.records import Agent, ContactPoint
from atalaya.harvest import values
from atalaya.harvest.elements import Node
from atalaya.harvest.iso.properties import anchored, code, value

PUBLISHERS = (
    "publisher",
    "owner",
    "custodian",
    "resourceProvider",
    "distributor",
    "originator",
    "author",
    "principalInvestigator",
    "pointOfContact",
)
"""Roles (CI_RoleCode) whose organisation may stand for the publisher, nearest first: most records name only some of them."""

CREATORS = ("originator", "author", "principalInvestigator", "creator")


@dataclass(frozen=True, slots=True)
class Party:
    """One party as far as it may be kept: role, organisation, and what says that it can be reached."""

    role: str | None
    organisation: str | None
    uri: str | None
    named: bool
    mails: tuple[str, ...]
    page: str | None


def parties(properties: Iterable[Node]) -> list[Party]:
    """The parties of these properties, in order, in either encoding."""
    found = []
    for item in properties:
        found += [_responsible(party) for party in item.nodes("CI_ResponsibleParty")]
        for responsibility in item.nodes("CI_Responsibility"):
            role = code(responsibility.node("role"))
            found += [_party(party, role) for party in responsibility.nodes("party", "*")]
    return found


def _responsible(party: Node) -> Party:
    """ISO 19139: one element for person, post and organisation."""
    organisation = anchored(party.node("organisationName"))
    named = [value(node) for node in party.nodes("individualName|positionName")]
    return Party(
        role=code(party.node("role")),
        organisation=_body(organisation.text),
        uri=organisation.href,
        named=any(named),
        mails=_mails([party]),
        page=_page([party]),
    )


def _party(party: Node, role: str | None) -> Party:
    """ISO 19115-3: an organisation with its persons, or a person."""
    persons = [*party.nodes("individual", "*"), *([party] if party.name == "CI_Individual" else [])]
    named = [value(node) for person in persons for node in person.nodes("name|positionName")]
    name = anchored(party.node("name")) if party.name != "CI_Individual" else None
    return Party(
        role=role,
        organisation=None if name is None else _body(name.text),
        uri=None if name is None else name.href,
        named=any(named),
        mails=_mails([party, *persons]),
        page=_page([party, *persons]),
    )


def _body(name: str | None) -> str | None:
    return None if name is None or values.is_mail(name) else name


def _mails(bearers: Iterable[Node]) -> tuple[str, ...]:
    return tuple(
        mail
        for bearer in bearers
        for node in bearer.nodes("contactInfo", "CI_Contact", "address", "CI_Address", "electronicMailAddress")
        if (mail := value(node)) is not None
    )


def _page(bearers: Iterable[Node]) -> str | None:
    return next(
        (
            page
            for bearer in bearers
            for node in bearer.nodes("contactInfo", "CI_Contact", "onlineResource", "CI_OnlineResource", "linkage")
            if (page := value(node)) is not None and values.is_web(page)
        ),
        None,
    )


def agent(found: Sequence[Party], roles: Iterable[str]) -> Agent | None:
    """The organisation of the first of these roles that names one."""
    for role in roles:
        for party in found:
            if party.organisation is not None and (party.role or "").lower() == role.lower():
                return Agent(name=party.organisation, uri=party.uri)
    return None


def publisher(found: Sequence[Party]) -> Agent | None:
    """The organisation that publishes, or stands nearest to it; a role of no list, or none at all, comes last."""
    listed = agent(found, PUBLISHERS)
    if listed is not None:
        return listed
    named = next((party for party in found if party.organisation is not None), None)
    return None if named is None else Agent(name=named.organisation, uri=named.uri)


def contact(found: Sequence[Party]) -> ContactPoint | None:
    """That there is a contact: the point of contact, else any party with an address."""
    points = [party for party in found if (party.role or "").lower() == "pointofcontact"]
    chosen = points or [party for party in found if party.mails or party.page]
    names = ["named" if party.named or party.organisation else None for party in chosen]
    mails = [mail for party in chosen for mail in party.mails]
    return values.contact(names, mails, next((party.page for party in chosen if party.page), None))
