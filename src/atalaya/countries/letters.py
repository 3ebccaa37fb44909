"""Letters of a pack: requests for information under a law, as templates in the law's own words."""

import re

from atalaya.countries.assembly import Draft, Entry
from atalaya.countries.documents import Document
from atalaya.countries.pack import Addressee, Letter
from atalaya.countries.problems import Place, Problems

COMMON = ("law", "reference", "institution", "term", "due", "today")
PLACES = {
    "duty": (*COMMON, "article", "numeral", "duty", "paraphrase", "periods", "standing"),
    "dataset": (*COMMON, "dataset", "address", "source", "last_seen"),
    "vanished": (*COMMON, "dataset", "address", "source", "last_seen"),
}
"""What each kind of letter can be filled with: `{law}` in a paragraph is the title of its law, and so on."""

_PLACE = re.compile(r"{([^{}]*)}")


def add_letters(draft: Draft, document: Document) -> None:
    """`letters.yml`: the templates in the order in which they are offered."""
    for number, each in enumerate(document.value):
        addressees = tuple(
            Addressee(
                institution=f"{draft.code}:{one['institution']}",
                source=one["source"],
                post=one.get("post", {}),
                address=one.get("address"),
            )
            for one in each.get("addressees", ())
        )
        item = Letter(
            id=each["id"],
            subject=each["for"],
            law=each["law"],
            deadline=f"{each['law']}-{each['deadline']}",
            post=each["post"],
            title=each["title"],
            body={language: tuple(paragraphs) for language, paragraphs in each["body"].items()},
            addressees=addressees,
        )
        draft.letters.append(Entry(item, document.place, (number,)))


def places_of(paragraph: str) -> tuple[str, ...]:
    """The names of the places to fill in a paragraph.

    >>> places_of("Under {law}, article {article}")
    ('law', 'article')
    """
    return tuple(_PLACE.findall(paragraph))


def check_letters(draft: Draft, problems: Problems) -> None:
    """Laws, deadlines and institutions that exist, places that can be filled, and texts in every language of the country."""
    laws = {entry.item.id for entry in draft.laws}
    deadlines = {(entry.item.law, entry.item.id): entry.item for entry in draft.deadlines}
    bodies = {entry.item.id for entry in draft.institutions}
    seen: set[str] = set()
    for entry in draft.letters:
        letter, place, path = entry.item, entry.place, entry.path
        if letter.id in seen:
            problems.error(place, path, f"the letter {letter.id!r} stands twice", "give each letter an id of its own")
        seen.add(letter.id)
        if "duties" not in draft.incomplete:
            if letter.law not in laws:
                problems.error(
                    place, (*path, "law"), f"no law has the id {letter.law!r}", "use the name of a file of duties/"
                )
            elif (deadline := deadlines.get((letter.law, letter.deadline))) is None or deadline.days is None:
                named = letter.deadline.removeprefix(f"{letter.law}-")
                what = f"the law {letter.law!r} has no deadline {named!r} in days"
                problems.error(place, (*path, "deadline"), what, "use the id of a deadline that has days")
        for number, one in enumerate(letter.addressees):
            if one.institution not in bodies and "institutions" not in draft.incomplete:
                what = f"no institution has the slug {one.institution.partition(':')[2]!r}"
                where = (*path, "addressees", number, "institution")
                problems.error(place, where, what, "use a slug of institutions/")
        _check_paragraphs(draft, letter, place, path, problems)


def _check_paragraphs(
    draft: Draft, letter: Letter, place: Place, path: tuple[str | int, ...], problems: Problems
) -> None:
    known = PLACES[letter.subject]
    for language in draft.country.get("languages", ()):
        if language not in letter.body:
            problems.warning(place, (*path, "body"), f"the letter has no text in {language!r}", f"add `{language}:`")
    for language, paragraphs in letter.body.items():
        for number, paragraph in enumerate(paragraphs):
            where = (*path, "body", language, number)
            for name in places_of(paragraph):
                if name not in known:
                    what = f"{{{name}}} cannot be filled in a letter for a {letter.subject}"
                    problems.error(place, where, what, f"use one of {', '.join(f'{{{each}}}' for each in known)}")
            if _PLACE.sub("", paragraph).strip("{}") != _PLACE.sub("", paragraph):
                problems.error(place, where, "a brace stands alone", "write places as {law}, and no other braces")
